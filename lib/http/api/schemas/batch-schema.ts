import { z } from "zod";
import { CHANNELS } from "../../../access/actor.ts";
import { ACTOR_TYPES } from "../../../audit/event.ts";
import { UNDO_CONFLICTS } from "../../../batches/plan-undo.ts";
import { phoneNumberIdSchema } from "../../../numbers/phone-number-id.ts";
import { numberSchema } from "./number-schema.ts";
import { requestWithWishesSchema } from "./request-schema.ts";

/** The path parameters of everything about one batch. */
export const batchPathSchema = z.object({ batchId: z.uuid("A batch's id is a UUID.") });

const personSchema = z.strictObject({ email: z.string().nullable(), name: z.string().nullable() });

/** A batch, as the API returns it. */
export const batchSchema = z
  .strictObject({
    batchId: z.uuid(),
    at: z.iso.datetime(),
    by: personSchema
      .extend({ type: z.enum(ACTOR_TYPES), id: z.string(), role: z.string().nullable() })
      .meta({ description: "Who made the changes; nulls for somebody who was erased." }),
    onBehalfOf: personSchema
      .extend({ id: z.string(), role: z.string() })
      .nullable()
      .meta({ description: "Who asked for them, when somebody else approved." }),
    channel: z.enum(CHANNELS),
    reason: z.string().nullable(),
    ticketUrl: z.string().nullable(),
    counts: z.strictObject({
      turnedOn: z.int(),
      madePhoneOnly: z.int(),
      movedOn: z.int().meta({ description: "Those that were changed again since." }),
    }),
    changes: z.array(
      z.strictObject({
        phoneNumberId: phoneNumberIdSchema,
        label: z.string(),
        displayPhoneNumber: z.string(),
        account: z.strictObject({ id: z.uuid(), name: z.string() }),
        acceptsBsuid: z.boolean().meta({ description: "What the batch made of it." }),
        revision: z.int(),
        hasMovedOn: z.boolean().meta({
          description: "Changed again since: an undo of the batch leaves it.",
        }),
      }),
    ),
    live: z
      .strictObject({ live: z.int(), total: z.int(), silent: z.int() })
      .meta({ description: "How many of the runtimes have all of it." }),
    undoneBy: z.array(
      z.strictObject({ batchId: z.uuid(), at: z.iso.datetime(), by: personSchema }),
    ),
    undoes: z.uuid().nullable().meta({ description: "The batch that this one undid." }),
  })
  .meta({ id: "Batch", description: "Changes that were made together." });

const conflictSchema = z.strictObject({
  phoneNumberId: phoneNumberIdSchema,
  why: z.enum(UNDO_CONFLICTS),
});

/** The answer to an undo. */
export const undoneSchema = z.strictObject({
  changed: z.array(numberSchema),
  unchanged: z
    .array(numberSchema)
    .meta({ description: "Those that an earlier undo took back already." }),
  conflicts: z.array(conflictSchema).meta({ description: "Those that are left, and why." }),
  batchId: z.uuid().nullable().meta({ description: "Of the undo; null when it changed nothing." }),
});

/** The answer to an undo that became a request. */
export const requestedUndoSchema = z.strictObject({
  request: requestWithWishesSchema,
  conflicts: z.array(conflictSchema),
});
