import { randomUUID } from "node:crypto";
import type { SystemActor } from "#lib/access/actor.ts";
import { db } from "#lib/db/client.ts";
import { toCursor } from "#lib/flags/cursor.ts";
import { receiveReport } from "#lib/runtimes/receive-report.ts";
import type { Report } from "#lib/runtimes/report-schema.ts";
import { aSystem, aToken } from "../factories.ts";

const HOUR_MS = 3_600_000;

/** The beginning of the hour that was `hoursAgo` hours ago, ISO 8601. */
export function anHour(hoursAgo = 0): string {
  return new Date(Math.floor(Date.now() / HOUR_MS - hoursAgo) * HOUR_MS).toISOString();
}

/** The counts of one number in one hour: 0 unless overridden. */
export function aCount(
  phoneNumberId: string,
  overrides: Partial<Report["counts"][number]> = {},
): Report["counts"][number] {
  return {
    phoneNumberId,
    hour: anHour(),
    phoneLessDropped: 0,
    phoneLessAccepted: 0,
    phoneAndBsuid: 0,
    legacy: 0,
    unidentified: 0,
    ...overrides,
  };
}

/** A report of an instance of its own, which has applied nothing yet unless overridden. */
export function aReport(overrides: Partial<Report> = {}): Report {
  return {
    instanceId: `rt-${randomUUID().slice(0, 8)}`,
    sequence: 1,
    sdk: "test/1.0.0",
    appliedCursor: "0.00000000",
    appliedAt: new Date().toISOString(),
    counts: [],
    ...overrides,
  };
}

/** A runtime as an actor. */
export function aRuntime(): SystemActor {
  return aSystem("report:write");
}

/** Sends a report of an instance that holds the flags as they are now. */
export async function reportNow(overrides: Partial<Report> = {}): Promise<Report> {
  const { revision, revisionHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  const report = aReport({
    sequence: Date.now(),
    appliedCursor: toCursor({ revision: Number(revision), revisionHash }),
    ...overrides,
  });
  await receiveReport(aRuntime(), report);
  return report;
}

/** Creates a runtime that last reported five minutes ago, with a token of its own; returns its instance id. */
export async function aSilentRuntime(): Promise<string> {
  const { id: tokenId } = await aToken({ scopes: ["reports:write"] });
  const instanceId = `rt-${randomUUID().slice(0, 8)}`;
  const lastHeardAt = new Date(Date.now() - 300_000);
  const applied = { appliedCursor: "0.00000000", appliedRevision: 0n, appliedAt: lastHeardAt };
  const heard = { lastSequence: 1n, lastHeardAt };
  await db().runtimeInstance.create({
    data: { instanceId, tokenId, sdk: "test/1.0.0", ...applied, ...heard },
  });
  return instanceId;
}
