import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { putRequest } from "./verification-run.ts";

/**
 * Asks for a verification of the whole trail, which a console begins within seconds (audit-jobs.ts): one at a time
 * for all consoles. It changes nothing, so that the trail does not tell of it; its result keeps who asked. Takes
 * `audit:verify`.
 *
 * @returns false when one is waiting or runs already
 */
export async function requestVerification(actor: Actor): Promise<boolean> {
  authorize(actor, "audit:verify");
  return await putRequest(actor.type === "person" ? actor.id : null);
}
