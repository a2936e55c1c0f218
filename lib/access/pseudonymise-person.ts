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
import { requireAnAdmin } from "./require-an-admin.ts";
import { type Pseudonym, restateEvent, toRestatedColumns } from "./restate-event.ts";

const pseudonymisePersonSchema = z.strictObject({ personId: z.uuid(), reason: reasonSchema });

/** For people with many entries: the trail is read for mentions of them, and nobody flips meanwhile. */
const TIMEOUT_SECONDS = 120;

/**
 * On legal demand: disables a person for good, and replaces their name, address, IP addresses and
 * browsers by a pseudonym, in their record and in every entry of the trail, with an entry that
 * attests the new content. What people wrote into reasons stays. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for the last admin or for oneself
 */
export async function pseudonymisePerson(
  actor: Actor,
  input: z.input<typeof pseudonymisePersonSchema>,
): Promise<Pseudonym & { changed: boolean }> {
  authorize(actor, "person:manage", { tried: input.personId });
  const { personId, reason } = parseInput(pseudonymisePersonSchema, input);
  if (actor.id === personId) {
    throw new AppError("CONFLICT", "Nobody makes themself a pseudonym. Ask another admin.");
  }
  const pseudonym = toPseudonym(personId);
  const work = async (tx: AuditedTransaction) => {
    const person = await tx.db.person.findUnique({ where: { id: personId } });
    if (!person) throw new AppError("NOT_FOUND", "There is no such person.");
    if (person.email === pseudonym.email) return { ...pseudonym, changed: false };
    await replaceRecord(tx, person, pseudonym);
    await restate(tx, { person, pseudonym, reason });
    return { ...pseudonym, changed: true };
  };
  return await inAuditedTransaction(actor, work, { timeoutSeconds: TIMEOUT_SECONDS });
}

/** Stable, and of the id alone, which stays in the trail. */
function toPseudonym(personId: string): Pseudonym {
  const short = personId.replaceAll("-", "").slice(-12);
  return { name: `Former person ${short}`, email: `former-${short}@pseudonym.invalid` };
}

async function replaceRecord(tx: AuditedTransaction, person: Person, pseudonym: Pseudonym) {
  await tx.db.person.update({
    where: { id: person.id },
    data: {
      ...pseudonym,
      passwordHash: null,
      isPasswordTemporary: false,
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
  const { events, supersedes } = await findPersonEvents(tx, person);
  const restated = events.map((event) => ({
    ...restateEvent(event, { person, pseudonym }),
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
