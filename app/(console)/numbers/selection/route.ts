import { NUMBER_STATES, SINCE_DAYS } from "#components/numbers/number-state.ts";
import { AppError } from "#lib/errors.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { createSelection } from "#lib/selections/create-selection.ts";
import { requireViewer } from "../../../require-viewer.ts";
import { findActor, readOrigin } from "../../../session.ts";
import { toAskHref } from "../../requests/new/ask-query.ts";
import { toScheduleHref } from "../../schedule/schedule-query.ts";
import { type NumberFilters, toFilter, toNumbersHref } from "../number-query.ts";

/**
 * Selects the ticked rows, or all that match the filter that the list showed, and leads to their review. A
 * POST, which proxy.ts refuses from another site's page. A failure leads back to the list, which says why.
 */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  const read = (name: string) => String(form.get(name) ?? "");
  const filter = toFilters(read);
  const query = filter ?? {};
  try {
    const actor = await findActor();
    if (!actor) return lead(toNumbersHref(query));
    requireViewer(actor, read("viewer"));
    const numbers = form.getAll("number").map(String);
    const act = read("act");
    if (act === "request rows" && numbers.length > 0) return lead(toAskHref({ number: numbers }));
    if (act === "schedule rows" && numbers.length > 0) {
      return lead(toScheduleHref({ q: numbers.join(" ") }));
    }
    const selection = await createSelection(actor, toInput(act, { numbers, filter }));
    return lead(`/review/${selection.id}`);
  } catch (error) {
    const { code } = toAppError(error, (await readOrigin()).requestId);
    return lead(toNumbersHref({ ...query, problem: code === "INVALID_INPUT" ? "none" : "failed" }));
  }
}

const MIXED = ["true", null] as const;

/** The filter that the list showed; null for one that cannot be read: that is never "all". */
function toFilters(read: (name: string) => string): NumberFilters | null {
  const state = NUMBER_STATES.find((one) => one === (read("state") || "in-service"));
  const since = SINCE_DAYS.find((one) => one === read("since"));
  const mixed = MIXED.find((one) => one === (read("mixed") || null));
  if (!state || since === undefined || mixed === undefined) return null;
  return { q: read("q"), account: read("account"), manager: read("manager"), mixed, since, state };
}

/** @throws AppError INVALID_INPUT for an act or a filter that cannot be read */
function toInput(
  act: string,
  { numbers, filter }: { numbers: readonly string[]; filter: NumberFilters | null },
) {
  const read = /^(on|off) (rows|all)$/.exec(act);
  if (!read) throw new AppError("INVALID_INPUT", "The form does not say what to do.");
  const acceptsBsuid = read[1] === "on";
  if (read[2] === "rows") return { acceptsBsuid, phoneNumberIds: [...numbers] };
  if (!filter) throw new AppError("INVALID_INPUT", "The form does not say which numbers.");
  return { acceptsBsuid, filter: toFilter(filter) };
}

function lead(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
