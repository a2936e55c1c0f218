import { z } from "zod";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { digestRestated, toRestatedLine } from "../audit/restatement-check.ts";
import type { Person } from "../db/generated/client.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import type { Actor } from "./actor.ts";
import { authorize } from "./authorize.ts";
import { findPersonEvents } from "./find-person-events.ts";
import { findPersonNames } from "./find-person-names.ts";
import { emailSchema } from "./person-record.ts";
import { isPseudonym, type Pseudonym, toPseudonym } from "./pseudonym.ts";
import { requireAnAdmin } from "./require-an-admin.ts";
import { restateEvent, toRestatedColumns } from "./restate-event.ts";

const pseudonymisePersonSchema = z.strictObject({
  personId: z.uuid(),
  reason: reasonSchema,
  /** Typed again by whoever confirms that it is this person. */
  expectedEmail: emailSchema.optional(),
});

/** For people with many entries: the trail is read for mentions of them, and nobody flips meanwhile. */
const TIMEOUT_SECONDS = 120;

/**
 * On legal demand: disables a person for good, and replaces their name, address, IP addresses and
 * browsers by a pseudonym, in their record and in every entry of the trail, with an entry that
 * attests the new content; also those of before a renaming. What people wrote into reasons stays. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for the last admin or for oneself, INVALID_INPUT
 */
export async function pseudonymisePerson(
  actor: Actor,
  input: z.input<typeof pseudonymisePersonSchema>,
): Promise<Pseudonym & { changed: boolean }> {
  authorize(actor, "person:manage", { tried: input.personId });
  const { personId, reason, expectedEmail } = parseInput(pseudonymisePersonSchema, input);
  if (actor.id === personId) {
    const message = "Nobody makes themself a pseudonym. Ask another admin.";
    throw new AppError("CONFLICT", message, [{ path: "personId", message }]);
  }
  const pseudonym = toPseudonym(personId);
  const work = async (tx: AuditedTransaction) => {
    const person = await tx.db.person.findUnique({ where: { id: personId } });
    if (!person) throw new AppError("NOT_FOUND", "There is no such person.");
    if (isPseudonym(person)) return { ...pseudonym, changed: false };
    if (expectedEmail !== undefined && expectedEmail !== person.email) throw new OtherPerson();
    await replaceRecord(tx, person, pseudonym);
    await restate(tx, { person, pseudonym, reason });
    return { ...pseudonym, changed: true };
  };
  return await inAuditedTransaction(actor, work, { timeoutSeconds: TIMEOUT_SECONDS });
}

/** What was typed is not the address of the person it would be done to. */
class OtherPerson extends AppError {
  constructor() {
    const message = "This is not their e-mail address. Look whether this is the right person.";
    super("INVALID_INPUT", message, [{ path: "expectedEmail", message }]);
  }
}

async function replaceRecord(tx: AuditedTransaction, person: Person, pseudonym: Pseudonym) {
  await tx.db.person.update({
    where: { id: person.id },
    data: {
      ...pseudonym,
      passwordHash: null,
      isPasswordTemporary: false,
      passwordMadeById: null,
      openIdIssuer: null,
      openIdSubject: null,
      disabledAt: person.disabledAt ?? tx.now,
      sessionVersion: { increment: 1 },
    },
  });
  await tx.db.session.updateMany({
    where: { personId: person.id },
    data: { ip: null, userAgent: null },
  });
  if (person.role === "admin") await requireAnAdmin(tx);
}

type Restated = { person: Person; pseudonym: Pseudonym; reason: string };

async function restate(tx: AuditedTransaction, { person, pseudonym, reason }: Restated) {
  const bySeq = tx.head.seq + 1;
  const known = await findPersonNames(tx, person);
  const { events, supersedes } = await findPersonEvents(tx, known);
  const restated = events.map((event) => ({
    ...restateEvent(event, { person: known, pseudonym }),
    restatedBy: bySeq,
  }));
  await appendEvents(tx, [
    {
      action: "person.pseudonymised",
      target: { type: "person", id: person.id, display: pseudonym.name },
      before: null,
      after: {
        ...pseudonym,
        events: restated.length,
        digest: digestRestated(restated.map(toRestatedLine)),
        ...(supersedes.length > 0 ? { supersedes: supersedes.join(",") } : {}),
      },
      reason,
    },
  ]);
  await tx.db.auditRestatement.create({
    data: {
      bySeq: BigInt(bySeq),
      personId: person.id,
      events: restated.map(toRestatedColumns),
    },
  });
}
