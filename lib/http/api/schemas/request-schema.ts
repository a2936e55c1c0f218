import { z } from "zod";
import type { OtherWish } from "../../../flags/pending/read-other-wishes.ts";
import {
  REQUEST_STATES,
  type RequestRecord,
  type RequestWithWishes,
} from "../../../flags/pending/request-record.ts";
import { phoneNumberIdSchema } from "../../../numbers/phone-number-id.ts";
import { nextCursorSchema } from "./number-schema.ts";

const personSchema = z.strictObject({ email: z.string(), name: z.string() });

/** A request, as the API returns it. */
export const requestSchema = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(REQUEST_STATES),
    version: z.int().meta({ description: "Raised by every edit." }),
    changes: z.array(
      z.strictObject({
        phoneNumberId: phoneNumberIdSchema,
        acceptsBsuid: z.boolean(),
        flagVersion: z.int().meta({ description: "The number's when it was asked for." }),
      }),
    ),
    liftsTwoPeopleOf: z.strictObject({ id: z.uuid(), name: z.string() }).nullable().meta({
      description: "The account that is to do with one person, if that is what is asked.",
    }),
    reason: z.string(),
    ticketUrl: z.string().nullable(),
    at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it is to take effect; null: once it is approved." }),
    requestedBy: personSchema,
    requestedAt: z.iso.datetime(),
    decidedBy: personSchema.nullable(),
    decidedAt: z.iso.datetime().nullable(),
    decision: z.string().nullable().meta({ description: "What the one who decided wrote." }),
    expiresAt: z.iso.datetime(),
    why: z.string().nullable().meta({ description: "Why it ended without a decision." }),
  })
  .meta({
    id: "Request",
    description: "Changes that somebody asked for, and what became of them.",
  }) satisfies z.ZodType<RequestRecord>;

const otherWishSchema = z
  .strictObject({
    kind: z.enum(["request", "schedule"]),
    id: z.uuid(),
    display: z.string().meta({ description: "What it is, in a few words." }),
    count: z.int().meta({ description: "How many of the numbers it names." }),
    phoneNumberId: phoneNumberIdSchema.meta({ description: "The first of them." }),
  })
  .meta({ id: "OtherWish" }) satisfies z.ZodType<OtherWish>;

/** A request as it is opened and looked at, with what else waits for its numbers. */
export const requestWithWishesSchema = requestSchema
  .extend({
    otherWishes: z.array(otherWishSchema).meta({
      description:
        "What else waits for any of its numbers, your own requests included, the first 20: whichever is carried out first makes the others void. None once the request has ended.",
    }),
  })
  .meta({ id: "RequestWithWishes" }) satisfies z.ZodType<RequestWithWishes>;

/** The path parameters of everything about one request. */
export const requestPathSchema = z.object({ requestId: z.uuid("A request's id is a UUID.") });

/** A page of requests. */
export const requestPageSchema = z.strictObject({
  items: z.array(requestSchema),
  nextCursor: nextCursorSchema(),
});

/** What a change answers that became a request. */
const openedRequestSchema = z.strictObject({ request: requestWithWishesSchema });

/** The 202 of a change that became a request. */
export const ACCEPTED_AS_REQUEST = {
  description: "Nothing is changed yet: the account needs two people, and a request was opened.",
  schema: openedRequestSchema,
};
