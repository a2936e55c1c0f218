import { getTimeZone } from "next-intl/server";
import { exportFormatSchema, exportTrail } from "#lib/audit/export/export-trail.ts";
import { AppError } from "#lib/errors.ts";
import { toExportResponse } from "#lib/http/api/export-response.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { requireViewer } from "../../../require-viewer.ts";
import { findActor, readOrigin } from "../../../session.ts";
import { type AuditQuery, loadAuditQuery, toAuditHref } from "../audit-query.ts";
import { readFilter } from "../read-filter.ts";

/**
 * Exports the entries that match the filters in the address. A POST, because each export is recorded, and
 * proxy.ts refuses a POST from another site's page. A failure redirects to the page Audit, which shows
 * the reason and the same filters.
 */
export async function POST(request: Request): Promise<Response> {
  const query = loadAuditQuery(request);
  const file = await makeFile(request, query);
  if (file instanceof Response) return file;
  const location = toAuditHref(file === "bad-filter" ? query : { ...query, problem: "export" });
  return new Response(null, { status: 303, headers: { location } });
}

/** Null when the export fails or nobody is signed in. */
async function makeFile(
  request: Request,
  query: AuditQuery,
): Promise<Response | "bad-filter" | null> {
  try {
    const actor = await findActor();
    if (!actor) return null;
    const filter = await readFilter(actor, { query, timeZone: await getTimeZone() });
    if (typeof filter === "string") return "bad-filter";
    const form = await request.formData();
    requireViewer(actor, String(form.get("viewer")));
    const format = exportFormatSchema.parse(form.get("format"));
    return toExportResponse(await exportTrail(actor, { ...filter, format }));
  } catch (error) {
    if (error instanceof AppError && error.code === "INVALID_INPUT") return "bad-filter";
    toAppError(error, (await readOrigin()).requestId);
    return null;
  }
}
