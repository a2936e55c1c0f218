import type { Actor } from "../access/actor.ts";
import { toPersonTarget } from "../access/targets.ts";
import { appendEvents } from "../audit/append-events.ts";
import type { AuditAction, DraftFields } from "../audit/event.ts";
import type { Person, Prisma } from "../db/generated/client.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { endPersonalTokens } from "./end-personal-tokens.ts";
import { PERSON_RECORD_SELECT, type PersonRecord, toPersonRecord } from "./person-record.ts";
import { requireAnAdmin } from "./require-an-admin.ts";

const IS_ERASED = "This person was erased, and cannot be changed.";

/** A change of a person, and its audit fields. */
export type PersonChange = {
  action: AuditAction;
  data: Prisma.PersonUpdateInput;
  before: DraftFields | null;
  after: DraftFields | null;
};

/** The person after a change; `changed` is false if nothing had to be changed. */
export type ChangedPerson = PersonRecord & { changed: boolean };

/**
 * Changes a person and ends their sessions in one transaction. The shared part of the verbs on people,
 * which authorise and parse.
 *
 * @param decide returns the change, or null when none is needed: then nothing is written
 * @throws AppError NOT_FOUND, CONFLICT when no admin would be left, or for an erased person
 */
export async function changePerson(
  actor: Actor,
  {
    personId,
    reason,
    keptSessionId = null,
    keepsSessions = false,
    endsTokens = false,
  }: {
    personId: string;
    reason: string | null;
    /** A session that does not end: the one in which they make the change. */
    keptSessionId?: string | null;
    /** Ends no session: for changes that do not concern their access. */
    keepsSessions?: boolean;
    /** Ends their personal tokens, too: for when somebody else may have had access. */
    endsTokens?: boolean;
  },
  decide: (
    person: Person,
    tx: AuditedTransaction,
  ) => PersonChange | null | Promise<PersonChange | null>,
): Promise<ChangedPerson> {
  return await inAuditedTransaction(actor, async (tx) => {
    const person = await tx.db.person.findUnique({ where: { id: personId } });
    if (!person) throw new AppError("NOT_FOUND", "There is no such person.");
    const change = await decide(person, tx);
    if (!change) return { ...toPersonRecord(person), changed: false };
    if (person.erasedAt)
      throw new AppError("CONFLICT", IS_ERASED, [{ path: "", message: IS_ERASED }]);
    const { data, ...event } = change;
    const changed = await tx.db.person.update({
      where: { id: personId },
      data: { ...data, ...(keepsSessions ? {} : { sessionVersion: { increment: 1 } }) },
      select: PERSON_RECORD_SELECT,
    });
    if (keptSessionId !== null) {
      await tx.db.session.updateMany({
        where: { id: keptSessionId, personId, sessionVersion: person.sessionVersion },
        data: { sessionVersion: changed.sessionVersion },
      });
    }
    // After the change and under the ledger's lock: two admins cannot demote each other at once.
    if (person.role === "admin") await requireAnAdmin(tx);
    await appendEvents(tx, [{ ...event, target: toPersonTarget(person), reason }]);
    if (endsTokens) await endPersonalTokens(tx, { personId, reason });
    return { ...changed, changed: true };
  });
}
