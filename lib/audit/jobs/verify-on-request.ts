import { randomUUID } from "node:crypto";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import type { TrailReport } from "../verify/verify-trail.ts";
import { runVerification } from "./run-verification.ts";
import { beginRequested } from "./verification-run.ts";

/**
 * Verifies the whole trail if somebody asked for it, and stores the result. Takes `audit:keep`, which only the
 * console itself has, and `audit:read`.
 *
 * @returns null when nobody asked, or another console was quicker
 */
export async function verifyOnRequest(
  actor: Actor,
  runId: string = randomUUID(),
): Promise<TrailReport | null> {
  authorize(actor, "audit:keep");
  authorize(actor, "audit:read");
  const begun = await beginRequested(runId);
  if (!begun) return null;
  const run = { id: runId, ...begun };
  return await runVerification(actor, { run, findScope: async () => ({ since: null }) });
}
