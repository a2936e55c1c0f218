import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { putRequest } from "./verification-run.ts";

/**
 * Requests a verification of the whole trail, which a console begins within seconds (audit-jobs.ts); all consoles
 * together run one at a time. It makes no entry, since it changes nothing; the result names who asked. Takes
 * `audit:verify`.
 *
 * @returns false when one is waiting or running already
 */
export async function requestVerification(actor: Actor): Promise<boolean> {
  authorize(actor, "audit:verify");
  return await putRequest(actor.type === "person" ? actor.id : null);
}
