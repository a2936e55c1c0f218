import { NUMBER_STATES } from "#components/numbers/number-state.ts";
import { AppError } from "#lib/errors.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { createSelection } from "#lib/selections/create-selection.ts";
import { requireViewer } from "../../../require-viewer.ts";
import { findActor, readOrigin } from "../../../session.ts";
import { type NumberQuery, toFilter, toNumbersHref } from "../number-query.ts";

/**
 * Selects the ticked rows, or all that match the filter that the list showed, and leads to their review. A
 * POST, which proxy.ts refuses from another site's page. A failure leads back to the list, which says why.
 */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  const read = (name: string) => String(form.get(name) ?? "");
  const state = NUMBER_STATES.find((one) => one === read("state"));
  const query = { q: read("q"), account: read("account"), ...(state ? { state } : {}) };
  try {
    const actor = await findActor();
    if (!actor) return lead(toNumbersHref(query));
    requireViewer(actor, read("viewer"));
    const selection = await createSelection(
      actor,
      toInput(form, state ? { ...query, state } : null),
    );
    return lead(`/review/${selection.id}`);
  } catch (error) {
    const { code } = toAppError(error, (await readOrigin()).requestId);
    return lead(toNumbersHref({ ...query, problem: code === "INVALID_INPUT" ? "none" : "failed" }));
  }
}

type Filter = Pick<NumberQuery, "q" | "account" | "state">;

/** @throws AppError INVALID_INPUT for a filter that cannot be read: that is never "all" */
function toInput(form: FormData, filter: Filter | null) {
  const act = /^(on|off) (rows|all)$/.exec(String(form.get("act") ?? ""));
  if (!act) throw new AppError("INVALID_INPUT", "The form does not say what to do.");
  const acceptsBsuid = act[1] === "on";
  if (act[2] === "rows") {
    return { acceptsBsuid, phoneNumberIds: form.getAll("number").map(String) };
  }
  if (!filter) throw new AppError("INVALID_INPUT", "The form does not say which numbers.");
  return { acceptsBsuid, filter: toFilter(filter) };
}

function lead(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
