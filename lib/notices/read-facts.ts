import { db } from "../db/client.ts";
import type { Notice } from "../db/generated/client.ts";
import type { RequestState } from "../flags/pending/request-record.ts";

/** What a request's notice says of it, as it is now. */
type RequestFacts = {
  state: RequestState;
  numbers: number;
  /** It asks to lift an account's rule that changes take two people. */
  isLifting: boolean;
  requester: string;
  /** Null until somebody decided. */
  decider: string | null;
};

/** What stands behind notices, with the names of today: by the notice's subject, but numbers by their id. */
export type Facts = {
  requests: ReadonlyMap<string, RequestFacts>;
  /** How many numbers each sets, and what became of it. */
  schedules: ReadonlyMap<string, { numbers: number; state: string }>;
  /** The labels of numbers. */
  numbers: ReadonlyMap<string, string>;
  /** Who forced it, and whether somebody reviewed it. */
  forced: ReadonlyMap<string, { by: string; isReviewed: boolean }>;
};

type Row = Pick<Notice, "kind" | "subject" | "data">;

/** Reads what these notices are about, each kind in one query. */
export async function readFacts(notices: readonly Row[]): Promise<Facts> {
  const subjectsOf = (prefix: string) =>
    notices.filter(({ kind }) => kind.startsWith(prefix)).map(({ subject }) => subject);
  const numberIds = notices.flatMap(({ data }) => readText(data, "phoneNumberId") ?? []);
  const [requests, schedules, numbers, forced] = await Promise.all([
    readRequests(subjectsOf("request.")),
    readSchedules(subjectsOf("schedule.")),
    readLabels(numberIds),
    readForced(subjectsOf("flag.forced")),
  ]);
  return { requests, schedules, numbers, forced };
}

/** A text of a notice's data; null when it has none of that name. */
export function readText(data: Row["data"], name: string): string | null {
  const value = data !== null && typeof data === "object" && Reflect.get(data, name);
  return typeof value === "string" ? value : null;
}

const NAME = { select: { name: true } } as const;

async function readRequests(ids: string[]): Promise<Facts["requests"]> {
  if (ids.length === 0) return new Map();
  const rows = await db().changeRequest.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      state: true,
      liftsTwoPeopleOfId: true,
      requestedBy: NAME,
      decidedBy: NAME,
      _count: { select: { items: true } },
    },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        // The database checks it.
        state: row.state as RequestState,
        numbers: row._count.items,
        isLifting: row.liftsTwoPeopleOfId !== null,
        requester: row.requestedBy.name,
        decider: row.decidedBy?.name ?? null,
      },
    ]),
  );
}

async function readSchedules(ids: string[]): Promise<Facts["schedules"]> {
  if (ids.length === 0) return new Map();
  const select = { id: true, state: true, _count: { select: { items: true } } } as const;
  const rows = await db().schedule.findMany({ where: { id: { in: ids } }, select });
  return new Map(rows.map(({ id, state, _count }) => [id, { state, numbers: _count.items }]));
}

async function readLabels(ids: string[]): Promise<Facts["numbers"]> {
  if (ids.length === 0) return new Map();
  const rows = await db().number.findMany({
    where: { phoneNumberId: { in: ids } },
    select: { phoneNumberId: true, label: true },
  });
  return new Map(rows.map(({ phoneNumberId, label }) => [phoneNumberId, label]));
}

async function readForced(batchIds: string[]): Promise<Facts["forced"]> {
  if (batchIds.length === 0) return new Map();
  const rows = await db().forcedChange.findMany({
    where: { batchId: { in: batchIds } },
    select: { batchId: true, reviewedAt: true, forcedBy: NAME },
  });
  return new Map(
    rows.map(({ batchId, reviewedAt, forcedBy }) => [
      batchId,
      { by: forcedBy.name, isReviewed: reviewedAt !== null },
    ]),
  );
}
