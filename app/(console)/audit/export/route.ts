import { getTimeZone } from "next-intl/server";
import { exportTrail, exportTrailSchema } from "#lib/audit/export/export-trail.ts";
import { toExportResponse } from "#lib/http/export-response.ts";
import { toAppError } from "#lib/http/to-app-error.ts";
import { findActor, readOrigin } from "../../../session.ts";
import { type AuditQuery, loadAuditQuery, toAuditHref } from "../audit-query.ts";
import { readFilter } from "../read-filter.ts";

/**
 * The entries of this address's filters as a file. A POST, because each export is recorded:
 * proxy.ts lets nobody else's page send it. What is wrong is said by the page of the trail.
 */
export async function POST(request: Request): Promise<Response> {
  const query = loadAuditQuery(request);
  const file = await makeFile(request, query);
  if (file) return file;
  const location = toAuditHref({ ...query, problem: "export" });
  return new Response(null, { status: 303, headers: { location } });
}

/** Null when there is none to be had. */
async function makeFile(request: Request, query: AuditQuery): Promise<Response | null> {
  try {
    const actor = await findActor();
    if (!actor) return null;
    const filter = await readFilter(actor, { query, timeZone: await getTimeZone() });
    if (typeof filter === "string") return null;
    const { format } = exportTrailSchema
      .pick({ format: true })
      .parse(Object.fromEntries(await request.formData()));
    return toExportResponse(await exportTrail(actor, { ...filter, format }));
  } catch (error) {
    toAppError(error, (await readOrigin()).requestId);
    return null;
  }
}
