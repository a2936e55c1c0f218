import type { Actor } from "../access/actor.ts";
import { can, deny } from "../access/authorize.ts";
import { toRequestTarget } from "../flags/pending/open-request.ts";

type Decided = {
  id: string;
  display: string;
  requestedById: string;
  editedById: string | null;
  liftsTwoPeopleOfId: string | null;
};

/**
 * Checks that somebody may decide on this request: not on their own, and on an account's two-person rule
 * only as an admin.
 *
 * @throws AppError FORBIDDEN
 */
export function requireDecider(actor: Actor, request: Decided): void {
  if (request.requestedById === actor.id) {
    throw refuse(actor, request, {
      why: "own_request",
      message: "This is your own request. Somebody else decides on it; you can withdraw it.",
    });
  }
  if (request.liftsTwoPeopleOfId && !can(actor, "account:two-people")) {
    throw refuse(actor, request, {
      why: "admins_decide",
      message: "Only an admin decides whether an account needs two people.",
    });
  }
}

/** @throws AppError FORBIDDEN for who asked for it, edited it last, or may not decide on it */
export function requireApprover(actor: Actor, request: Decided): void {
  requireDecider(actor, request);
  if (request.editedById !== actor.id) return;
  throw refuse(actor, request, {
    why: "last_editor",
    message: "You edited this request last, so that somebody else has to approve it.",
  });
}

function refuse(
  actor: Actor,
  request: Decided,
  { why, message }: { why: string; message: string },
) {
  return deny(actor, { why, message, target: toRequestTarget(request) });
}
