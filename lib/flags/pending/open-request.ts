import { appendEvents } from "../../audit/append-events.ts";
import type { AuditTarget } from "../../audit/event.ts";
import { toPrismaRunner } from "../../db/sql-runner.ts";
import type { AuditedTransaction } from "../../db/transaction.ts";
import { AppError } from "../../errors.ts";
import type { FlagTarget } from "../gate.ts";
import { countChanges, describeChanges } from "./describe-changes.ts";
import { readOtherWishes } from "./read-other-wishes.ts";
import { requireWithinBounds } from "./request-bounds.ts";
import {
  REQUEST_RECORD_INCLUDE,
  type RequestWithWishes,
  toRequestRecord,
} from "./request-record.ts";

/** How long somebody has to approve a request. */
const APPROVE_WITHIN_DAYS = 14;
const DAY_MS = 86_400_000;

/** When a request is to be carried out. */
export type WishedTime = {
  at: Date;
  /** The wall time that was given, such as `2027-03-01T09:00`, in an IANA zone. */
  localTime: string;
  zone: string;
  /** How many hours later it may still be carried out; null: without limit. */
  lateHours: number | null;
};

/** What somebody asks for: changes of flags, or to lift an account's two-person rule. */
export type Wish = {
  /** Numbers as read under the ledger's lock, each with the opposite of its flag. */
  targets: readonly FlagTarget[];
  liftsTwoPeopleOf?: { id: string; name: string } | undefined;
  reason: string;
  ticketUrl?: string | null | undefined;
  /** What of the readiness checklist was ticked. */
  checks?: readonly string[] | undefined;
  time?: WishedTime | undefined;
};

/**
 * Opens a request of the transaction's actor, with its entry in the trail. The caller has checked that they
 * may ask for these numbers.
 *
 * @returns the request, with what else waits for its numbers
 * @throws AppError FORBIDDEN for a program, RATE_LIMITED beyond what one person may ask for
 */
export async function openRequest(tx: AuditedTransaction, wish: Wish): Promise<RequestWithWishes> {
  const { actor, now } = tx;
  if (wish.targets.length === 0 && !wish.liftsTwoPeopleOf) throw new Error("It asks for nothing.");
  if (actor.type !== "person") {
    throw new AppError(
      "FORBIDDEN",
      "This needs two people, and a program cannot ask. Let a person make the change.",
    );
  }
  await requireWithinBounds(tx, { personId: actor.id, numbers: wish.targets.length });
  const { targets, liftsTwoPeopleOf, reason, ticketUrl = null, checks = [], time } = wish;
  const display = liftsTwoPeopleOf
    ? `Let one person change numbers of ${liftsTwoPeopleOf.name}`
    : describeChanges(targets);
  const row = await tx.db.changeRequest.create({
    data: {
      display,
      liftsTwoPeopleOfId: liftsTwoPeopleOf?.id ?? null,
      reason,
      ticketUrl,
      checks: [...checks],
      ...(time ?? {}),
      requestedById: actor.id,
      tokenId: actor.tokenId,
      sessionId: actor.sessionId,
      requestedAt: now,
      expiresAt: new Date(now.getTime() + APPROVE_WITHIN_DAYS * DAY_MS),
    },
  });
  await tx.db.changeRequestItem.createMany({
    data: targets.map(({ number, acceptsBsuid }) => ({
      requestId: row.id,
      phoneNumberId: number.phoneNumberId,
      acceptsBsuid,
      flagVersion: number.flagVersion,
      accountId: number.account.id,
    })),
  });
  await appendEvents(tx, [
    {
      action: "request.opened",
      target: toRequestTarget(row),
      before: null,
      after: {
        state: "open",
        ...countChanges(targets),
        ...(liftsTwoPeopleOf ? { liftsTwoPeopleOf: liftsTwoPeopleOf.id } : {}),
        ...(checks.length > 0 ? { checks: checks.join("; ") } : {}),
        ...(time ? { at: time.at.toISOString(), zone: time.zone, localTime: time.localTime } : {}),
      },
      reason,
      ticketUrl,
    },
  ]);
  const opened = await tx.db.changeRequest.findUniqueOrThrow({
    where: { id: row.id },
    include: REQUEST_RECORD_INCLUDE,
  });
  const phoneNumberIds = opened.items.map((item) => item.phoneNumberId);
  const asked = { phoneNumberIds, requestId: row.id };
  const otherWishes = await readOtherWishes(toPrismaRunner(tx.db), asked);
  return { ...toRequestRecord(opened), otherWishes };
}

/** How the trail names a request. */
export function toRequestTarget({ id, display }: { id: string; display: string }): AuditTarget {
  return { type: "request", id, display };
}
