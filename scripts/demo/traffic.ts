import type { Actor } from "#lib/access/actor.ts";
import { db } from "#lib/db/client.ts";
import { toCursor } from "#lib/flags/cursor.ts";
import { receiveReport } from "#lib/runtimes/receive-report.ts";
import type { Report } from "#lib/runtimes/report-schema.ts";
import { Random } from "./random.ts";

type Count = Report["counts"][number];

const INSTANCE = "demo-history";
const SEED = 20_261_123;
const HOUR_MS = 3_600_000;
/** Four hours of each of these days, and one of each before, as long ago as runtimes may report. */
const DENSE_DAYS = 7;
const DAYS = 34;
const MAX_COUNTS = 10_000;

/**
 * Gives the numbers in service five weeks of messages: those that were off dropped phone-less customers', of
 * whom there are more each week.
 */
export async function makeTraffic(runtime: Actor): Promise<void> {
  const random = new Random(SEED);
  const numbers = await db().number.findMany({
    where: { retiredAt: null },
    orderBy: { phoneNumberId: "asc" },
  });
  const wasOn = await readStates();
  const counts = numbers.flatMap(({ phoneNumberId }) => toCounts(random, { phoneNumberId, wasOn }));
  for (let sent = 0; sent < counts.length; sent += MAX_COUNTS) {
    await receiveReport(runtime, await toReport(sent, counts.slice(sent, sent + MAX_COUNTS)));
  }
  // The instance that counted these does not run, and one that never reports again looks like a fault.
  await db().runtimeInstance.delete({ where: { instanceId: INSTANCE } });
}

async function toReport(sequence: number, counts: Count[]): Promise<Report> {
  const { revision, revisionHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  return {
    instanceId: INSTANCE,
    sequence,
    sdk: "demo-seed/1.0.0",
    appliedCursor: toCursor({ revision: Number(revision), revisionHash }),
    appliedAt: new Date().toISOString(),
    counts,
  };
}

type WasOn = (phoneNumberId: string, hour: number) => boolean;

/** Whether a number accepted when an hour began, as the trail says. */
async function readStates(): Promise<WasOn> {
  const flips = await db().auditEvent.findMany({
    where: { revision: { not: null } },
    orderBy: { seq: "desc" },
    select: { targetId: true, occurredAt: true, action: true },
  });
  const byNumber = Map.groupBy(flips, ({ targetId }) => targetId);
  return (phoneNumberId, hour) => {
    const before = byNumber.get(phoneNumberId)?.find((flip) => flip.occurredAt.getTime() <= hour);
    return before?.action === "flag.enabled";
  };
}

/** The counts of some hours of each day; no phone-less customer wrote to two numbers in five. */
function toCounts(
  random: Random,
  { phoneNumberId, wasOn }: { phoneNumberId: string; wasOn: WasOn },
): Count[] {
  const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const phoneLessPercent = random.between(1, 5) <= 3 ? random.between(2, 14) : 0;
  const busiest = random.between(4, 40);
  return toHoursAgo(random).map((hoursAgo) => {
    const hour = thisHour - hoursAgo * HOUR_MS;
    const messages = random.between(0, busiest) * (hoursAgo < DENSE_DAYS * 24 ? 1 : 4);
    // The customers without a phone triple within the five weeks.
    const growth = 1 - (2 * hoursAgo) / (3 * DAYS * 24);
    const phoneLess = Math.round((messages * phoneLessPercent * growth) / 100);
    const legacy = Math.round((messages - phoneLess) / 12);
    const isOn = wasOn(phoneNumberId, hour);
    return {
      phoneNumberId,
      hour: new Date(hour).toISOString(),
      phoneLessDropped: isOn ? 0 : phoneLess,
      phoneLessAccepted: isOn ? phoneLess : 0,
      phoneAndBsuid: messages - phoneLess - legacy,
      legacy,
      unidentified: random.between(1, 200) === 1 ? 1 : 0,
    };
  });
}

function toHoursAgo(random: Random): number[] {
  const dense = Array.from(
    { length: DENSE_DAYS * 4 },
    (_, part) => part * 6 + random.between(0, 5),
  );
  const sparse = Array.from(
    { length: DAYS - DENSE_DAYS },
    (_, day) => (DENSE_DAYS + day) * 24 + random.between(0, 23),
  );
  return [...dense, ...sparse];
}
