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
 * The entries of this address's filters as a file. A POST, because each export is recorded:
 * proxy.ts lets nobody else's page send it. What is wrong is said by the page of the trail; with
 * the filters themselves, as it shows them.
 */
export async function POST(request: Request): Promise<Response> {
  const query = loadAuditQuery(request);
  const file = await makeFile(request, query);
  if (file instanceof Response) return file;
  const location = toAuditHref(file === "bad-filter" ? query : { ...query, problem: "export" });
  return new Response(null, { status: 303, headers: { location } });
}

/** Null when it fails, or nobody is signed in. */
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
