import { getFormatter, getNow, getTranslations } from "next-intl/server";
import { toSentence } from "#components/history/event-sentence.ts";
import type { NumberPeek } from "#components/keys/number-peek.ts";
import { toPhoneText } from "#components/numbers/phone-groups.ts";
import { toLiveText } from "#components/runtimes/live-text.ts";
import { isolate } from "#components/ui/isolate.ts";
import type { AuditEvent } from "#lib/audit/event.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { Week } from "#lib/numbers/read-week.ts";
import { toErasedRecord } from "#lib/people/erased-record.ts";
import type { LiveState } from "#lib/runtimes/read-live-state.ts";

/** What was read of a number, in words. */
export async function toPeek({
  number,
  neighbours,
  live,
  days,
  week,
  events,
}: {
  number: NumberRecord;
  neighbours: readonly NumberRecord[];
  live: LiveState;
  days: number[];
  week: Week;
  /** The newest first. */
  events: readonly AuditEvent[];
}): Promise<NumberPeek> {
  const t = await getTranslations("peek");
  const format = await getFormatter();
  const now = await getNow();
  const { phoneNumberId, label, account, acceptsBsuid, retiredAt } = number;
  const toLive = async () => toLiveText(live, { t: await getTranslations("live"), format, now });
  return {
    phoneNumberId,
    label,
    phone: toPhoneText(number.displayPhoneNumber),
    account: { id: account.id, name: account.name },
    flag: { acceptsBsuid, retiredAt },
    live: number.flagRevision === 0 ? null : await toLive(),
    since: await toSince(number, events),
    loss: {
      days,
      name: t("lostByDay", { days: days.join(", ") }),
      // Without a report it is unknown, not zero.
      lost: week.isReported ? t("lost", { count: week.lost }) : t("unknown"),
      accepted: week.isReported ? t("accepted", { count: week.accepted }) : "",
    },
    siblings: await toSiblings(number, neighbours),
    changes: await Promise.all(
      events.map(async (event) => ({
        seq: event.seq,
        day: format.dateTime(new Date(event.occurredAt), { day: "numeric", month: "short" }),
        text: await toText(event),
      })),
    ),
  };
}

/** Since when it is as it is, by whom, and why if one of the last events says so. */
async function toSince(
  { flagChangedAt, flagChangedBy, flagRevision }: NumberRecord,
  events: readonly AuditEvent[],
): Promise<string> {
  const t = await getTranslations("peek");
  if (flagChangedAt === null) return t("neverChanged");
  const format = await getFormatter();
  const date = format.dateTime(new Date(flagChangedAt), { day: "numeric", month: "long" });
  const by = flagChangedBy ? isolate(flagChangedBy.name) : t("console");
  const reason = events.find(({ revision }) => revision === flagRevision)?.reason ?? null;
  return reason === null
    ? t("since", { date, by })
    : t("sinceWhy", { date, by, reason: isolate(reason) });
}

async function toSiblings(number: NumberRecord, neighbours: readonly NumberRecord[]) {
  const t = await getTranslations("peek");
  const all = number.retiredAt === null ? [number, ...neighbours] : neighbours;
  const accepting = all.filter(({ acceptsBsuid }) => acceptsBsuid).length;
  const manager = number.account.manager;
  const sums = t("siblings", { accepting, total: all.length });
  return {
    isMixed: accepting > 0 && accepting < all.length,
    text: manager ? `${sums} ${t("manager", { name: isolate(manager.name) })}` : sums,
  };
}

/** Who did what, as the history says it. */
async function toText(event: AuditEvent): Promise<string> {
  const t = await getTranslations("event");
  const peek = await getTranslations("peek");
  const { actor, target } = event;
  const { key, values } = toSentence(event);
  const name =
    actor.type === "system" ? peek("console") : (actor.name ?? toErasedRecord(actor).name);
  return t.markup(key, {
    ...values,
    actor: () => isolate(name),
    target: () => isolate(target.display ?? target.id),
  });
}
