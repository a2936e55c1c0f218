import { z } from "zod";
import type { NumberRecord } from "../../../numbers/number-record.ts";
import { phoneNumberIdSchema } from "../../../numbers/phone-number-id.ts";

const personSchema = z.strictObject({ email: z.string(), name: z.string() });

/** A number, as the API returns it. */
export const numberSchema = z
  .strictObject({
    phoneNumberId: phoneNumberIdSchema,
    displayPhoneNumber: z.string().meta({ description: "E.164.", example: "+5511912345678" }),
    label: z.string().meta({ example: "São Paulo sales" }),
    account: z.strictObject({
      id: z.uuid(),
      name: z.string().meta({ example: "Acme" }),
      manager: personSchema.nullable(),
    }),
    portfolioId: z.string(),
    wabaId: z.string(),
    acceptsBsuid: z.boolean().meta({ description: "Whether the business takes BSUIDs." }),
    flagVersion: z
      .int()
      .meta({ description: "How often the flag was changed; the ETag is `v` and this." }),
    flagRevision: z.int().meta({ description: "The revision of its latest change; 0 for none." }),
    flagChangedAt: z.iso.datetime().nullable(),
    flagChangedBy: personSchema
      .nullable()
      .meta({ description: "Null when never changed, or changed by the console itself." }),
    retiredAt: z.iso.datetime().nullable(),
  })
  .meta({
    id: "Number",
    description: "A WhatsApp business number and its flag.",
  }) satisfies z.ZodType<NumberRecord>;

/** A page of numbers. */
export const numberPageSchema = z.strictObject({
  items: z.array(numberSchema),
  nextCursor: nextCursorSchema(),
});

/** The cursor in every list, null on the last page. */
export function nextCursorSchema() {
  return z.string().nullable().meta({
    description: "Send it as `cursor` for the next page; null on the last one.",
  });
}

/** The answer to a change of one flag. */
export const changedFlagSchema = z.strictObject({
  changed: z.boolean().meta({ description: "False when it already was as wanted." }),
  number: numberSchema,
  cursor: z.string().meta({ description: "The flags' cursor after the change." }),
});

/** The answer to retiring a number. */
export const retiredNumberSchema = z.strictObject({
  changed: z.boolean().meta({ description: "False when it was retired already." }),
  number: numberSchema,
});

/** The answer to a bulk change: the numbers after it or, with `dryRun`, as they would be. */
export const changedFlagsSchema = z.strictObject({
  changed: z.array(numberSchema),
  unchanged: z.array(numberSchema),
  needApproval: z.array(numberSchema).optional().meta({
    description: "With `dryRun`: the numbers of the request that the same call would open.",
  }),
  cursor: z.string().meta({ description: "The flags' cursor after the change." }),
});
