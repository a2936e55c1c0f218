import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { IS_SILENT, type RunFailure } from "./verification-run.ts";

/** The progress of a verification, which all consoles share. */
export type VerificationRun = {
  /** `done` has a result, `failed` has none. */
  state: "requested" | "running" | "done" | "failed";
  /** The name of who asked for it; null for the schedule. */
  askedBy: string | null;
  /** In ISO 8601. */
  askedAt: string;
  begunAt: string | null;
  entriesRead: number;
  /** How many entries there are to read; null until the first were. */
  ofEntries: number | null;
  /** Why it has no result. `silent`: its console stopped reporting; `unclaimed`: no console began it. */
  failure: RunFailure | "silent" | "unclaimed" | null;
};

type Row = {
  askedBy: string | null;
  askedAt: Date;
  begunAt: Date | null;
  endedAt: Date | null;
  isSilent: boolean;
  entriesRead: bigint;
  ofEntries: bigint | null;
  failure: RunFailure | null;
};

/** Reads the running verification, or the last one; null when there was none yet. Takes `audit:read`. */
export async function readVerificationRun(actor: Actor): Promise<VerificationRun | null> {
  authorize(actor, "audit:read");
  const [row] = await db().$queryRaw<Row[]>`
    SELECT person."name" AS "askedBy", run."asked_at" AS "askedAt", run."begun_at" AS "begunAt",
      run."ended_at" AS "endedAt", ${IS_SILENT} AS "isSilent", run."entries_read" AS "entriesRead",
      run."of_entries" AS "ofEntries", run."failure"
    FROM "audit_verification_run" run LEFT JOIN "person" ON person."id" = run."asked_by_id"`;
  if (!row) return null;
  const { askedBy } = row;
  const times = { askedAt: row.askedAt.toISOString(), begunAt: row.begunAt?.toISOString() ?? null };
  const ofEntries = row.ofEntries === null ? null : Number(row.ofEntries);
  const progress = { entriesRead: Number(row.entriesRead), ofEntries };
  return { ...toState(row), askedBy, ...times, ...progress };
}

function toState({ begunAt, endedAt, isSilent, failure }: Row) {
  if (endedAt) return { state: failure ? "failed" : "done", failure } as const;
  if (isSilent) return { state: "failed", failure: begunAt ? "silent" : "unclaimed" } as const;
  return { state: begunAt ? "running" : "requested", failure: null } as const;
}
