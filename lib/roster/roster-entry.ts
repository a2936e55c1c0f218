import { z } from "zod";
import { findInvisible, nameText } from "../name-text.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { emailSchema } from "../people/person-record.ts";
import { timeZoneSchema } from "../time-zone.ts";
import { findSpreadsheetDamage } from "./spreadsheet-damage.ts";
import { toE164 } from "./to-e164.ts";

/** A string without invisible characters or digits that a spreadsheet has damaged. */
function intactText(mustBe: string) {
  return z.string({ error: mustBe }).superRefine((value, context) => {
    const invisible = findInvisible(value);
    const damage = invisible ? `it has ${invisible}, which cannot be seen. Remove it.` : null;
    const message = damage ?? findSpreadsheetDamage(value);
    if (message) context.addIssue({ code: "custom", message });
  });
}

function metaIdSchema(name: string) {
  return intactText(`${name} must be a string of digits, in quotes.`)
    .pipe(z.string().regex(/^[0-9]{1,32}$/, `${name} is 1 to 32 digits and nothing else.`))
    .meta({ description: `Meta's id: ${name}.`, example: "102290129340398" });
}

const displayPhoneNumberSchema = z
  .string({ error: "displayPhoneNumber must be text." })
  .transform((typed, context) => {
    const result = toE164(typed);
    if ("e164" in result) return result.e164;
    context.addIssue({ code: "custom", message: result.problem });
    return z.NEVER;
  })
  .meta({
    description: "In any usual spelling with country code; kept as E.164.",
    example: "+55 11 91234-5678",
  });

const managerEmailSchema = z
  .string({ error: "managerEmail must be an e-mail address, or empty for none." })
  .nullable()
  .transform((typed, context) => {
    const email = (typed ?? "").trim();
    if (email === "") return null;
    const parsed = emailSchema.safeParse(email);
    if (parsed.success) return parsed.data;
    const invisible = findInvisible(email);
    const why = invisible ? `: it has ${invisible}, which cannot be seen. Remove it.` : ".";
    context.addIssue({ code: "custom", message: `this is not an e-mail address${why}` });
    return z.NEVER;
  })
  .meta({
    description:
      "The account's manager: somebody of the staff, who wins over what is set in the console. Empty or null takes a manager of the roster away, and no other; left out, it stays as it is.",
    example: "account.manager@example.com",
  });

/** Unlike a manager, a zone is not taken away by an empty cell: no account is nowhere. */
const accountZoneSchema = z
  .string({ error: "accountZone must be text, or empty where nobody knows." })
  .nullable()
  .transform((typed) => (typed?.trim() ? typed : undefined))
  .pipe(timeZoneSchema.optional())
  .meta({
    description: "The account's time zone, by its IANA name. Empty or left out, it stays as it is.",
    example: "America/Sao_Paulo",
  });

/** One number of the roster, as systems send it. */
export const rosterEntrySchema = z
  .strictObject({
    phoneNumberId: intactText("A phone_number_id must be a string of digits, in quotes.").pipe(
      phoneNumberIdSchema,
    ),
    displayPhoneNumber: displayPhoneNumberSchema,
    label: nameText({ name: "label", max: 200 }),
    accountName: nameText({ name: "accountName", max: 200 }),
    accountExternalId: nameText({ name: "accountExternalId", max: 200 }),
    managerEmail: managerEmailSchema.optional(),
    accountZone: accountZoneSchema.optional(),
    portfolioId: metaIdSchema("portfolioId"),
    wabaId: metaIdSchema("wabaId"),
  })
  .meta({ id: "RosterEntry", description: "One number of the roster." });

export type RosterEntry = z.output<typeof rosterEntrySchema>;

/** The fields by name, and whether each must be there. */
export const ROSTER_FIELDS = {
  phoneNumberId: { isRequired: true },
  displayPhoneNumber: { isRequired: true },
  label: { isRequired: true },
  accountName: { isRequired: true },
  accountExternalId: { isRequired: true },
  managerEmail: { isRequired: false },
  accountZone: { isRequired: false },
  portfolioId: { isRequired: true },
  wabaId: { isRequired: true },
} as const satisfies Record<keyof RosterEntry, { isRequired: boolean }>;
