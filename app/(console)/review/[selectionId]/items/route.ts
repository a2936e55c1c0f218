import { toAppError } from "#lib/http/api/to-app-error.ts";
import { changeSelection } from "#lib/selections/change-selection.ts";
import { createSelection } from "#lib/selections/create-selection.ts";
import { readReview } from "#lib/selections/read-review.ts";
import { requireViewer } from "../../../../require-viewer.ts";
import { findActor, readOrigin } from "../../../../session.ts";

/**
 * Leaves ticked numbers of a selection out, takes them in again, takes along what an account would be left
 * with, or selects the next part. A failure leads back to the review, which says so.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<"/review/[selectionId]/items">,
): Promise<Response> {
  const { selectionId } = await params;
  try {
    const form = await request.formData();
    const actor = await findActor();
    if (!actor) return lead(`/review/${selectionId}`);
    requireViewer(actor, String(form.get("viewer") ?? ""));
    const act = String(form.get("act") ?? "");
    const ticked = form.getAll("number").map(String);
    if (act === "next") {
      const { id } = await createSelection(actor, { nextOf: selectionId });
      return lead(`/review/${id}`);
    }
    if (act === "exclude") await changeSelection(actor, { selectionId, exclude: ticked });
    else if (act === "include") await changeSelection(actor, { selectionId, include: ticked });
    else if (act.startsWith("along ")) {
      const { leftMixed } = await readReview(actor, selectionId);
      const left = leftMixed.find(
        ({ account, portfolioId }) => act === `along ${account.id} ${portfolioId}`,
      );
      await changeSelection(actor, { selectionId, add: left?.phoneNumberIds ?? [] });
    }
    const page = Number(form.get("page") ?? 1);
    return lead(`/review/${selectionId}${page > 1 ? `?page=${page}` : ""}`);
  } catch (error) {
    toAppError(error, (await readOrigin()).requestId);
    return lead(`/review/${selectionId}?problem=failed`);
  }
}

function lead(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
