import type { ActionResult } from "#components/actions/action.ts";
import type { PersonActor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { toActionFailure } from "./action-result.ts";
import { requireViewer } from "./require-viewer.ts";
import { findActor, readOrigin } from "./session.ts";

/**
 * Does something for whoever is signed in; what is expected to fail comes back as words.
 *
 * @param viewerId whom the page was made for, bound to the action when the page is rendered
 */
export async function act<Value>(
  viewerId: string,
  work: (actor: PersonActor) => Promise<Value>,
  find: () => Promise<PersonActor | null> = findActor,
): Promise<ActionResult<Value>> {
  try {
    const actor = await find();
    if (!actor) throw new AppError("UNAUTHENTICATED", "The session ended.");
    requireViewer(actor, viewerId);
    return { ok: true, value: await work(actor) };
  } catch (error) {
    const { requestId } = await readOrigin();
    return await toActionFailure(toAppError(error, requestId), requestId, "accessFailure");
  }
}
