/** 200 with a JSON body; `etag` without its quotes. */
export function jsonResponse(body: unknown, { etag }: { etag?: string } = {}): Response {
  return Response.json(body, etag === undefined ? {} : { headers: { etag: `"${etag}"` } });
}

/** 304: the client's copy is still current. `etag` without its quotes. */
export function notModified(etag: string): Response {
  return new Response(null, { status: 304, headers: { etag: `"${etag}"` } });
}
