import type { TrailExport } from "../../audit/export/export-trail.ts";
import { toPulledBody } from "./pulled-body.ts";

const CONTENT_TYPES = { jsonl: "application/x-ndjson", csv: "text/csv; charset=utf-8" } as const;

/** Responds with an export as a download, sent as fast as the client reads. */
export function toExportResponse({ format, summary, chunks }: TrailExport): Response {
  const headers = {
    "content-type": CONTENT_TYPES[format],
    "content-disposition": `attachment; filename="audit-to-${summary.head.seq}.${format}"`,
    "x-audit-manifest": JSON.stringify(summary),
  };
  return new Response(toPulledBody(chunks), { headers });
}
