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

const STAYS = "This person was erased, and stays as they are.";

/** What to make of a person as they are. */
export type PersonChange = {
  action: AuditAction;
  data: Prisma.PersonUpdateInput;
  before: DraftFields | null;
  after: DraftFields | null;
};

/** The person as they are now, and whether anything had to be done for that. */
export type ChangedPerson = PersonRecord & { changed: boolean };

/**
 * Changes a person, and ends their sessions in the same transaction: the shared part of the
 * verbs on people, which authorise and parse. Somebody erased stays so.
 *
 * @param decide null when the person already is as wanted: then nothing is written
 * @throws AppError NOT_FOUND, CONFLICT when no admin would be left, or for somebody erased
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
    /** One of theirs that goes on: the browser they change it with. */
    keptSessionId?: string | null;
    /** What changes has nothing to do with what they may: all of theirs go on. */
    keepsSessions?: boolean;
    /** Somebody else may have got at their access: their personal tokens end, too. */
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
    if (person.erasedAt) throw new AppError("CONFLICT", STAYS, [{ path: "", message: STAYS }]);
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
