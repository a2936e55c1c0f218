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
const DAYS = 7;
const MAX_COUNTS = 10_000;

/** Gives the numbers in service a week of messages: those that are off drop phone-less customers'. */
export async function makeTraffic(runtime: Actor): Promise<void> {
  const random = new Random(SEED);
  const numbers = await db().number.findMany({
    where: { retiredAt: null },
    orderBy: { phoneNumberId: "asc" },
  });
  const counts = numbers.flatMap((number) => toWeek(random, number));
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

type DemoNumber = { phoneNumberId: string; acceptsBsuid: boolean };

/** A week's counts for some hours of each day; no phone-less customer wrote to two numbers in five. */
function toWeek(random: Random, number: DemoNumber): Count[] {
  const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const phoneLessPercent = random.between(1, 5) <= 3 ? random.between(2, 14) : 0;
  const busiest = random.between(4, 40);
  const hours = Array.from({ length: DAYS * 4 }, (_, part) => part * 6 + random.between(0, 5));
  return hours.map((hoursAgo) => {
    const messages = random.between(0, busiest);
    const phoneLess = Math.round((messages * phoneLessPercent) / 100);
    const legacy = Math.round((messages - phoneLess) / 12);
    return {
      phoneNumberId: number.phoneNumberId,
      hour: new Date(thisHour - hoursAgo * HOUR_MS).toISOString(),
      phoneLessDropped: number.acceptsBsuid ? 0 : phoneLess,
      phoneLessAccepted: number.acceptsBsuid ? phoneLess : 0,
      phoneAndBsuid: messages - phoneLess - legacy,
      legacy,
      unidentified: random.between(1, 200) === 1 ? 1 : 0,
    };
  });
}
