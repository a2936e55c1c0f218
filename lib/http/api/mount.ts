import { handleRequest } from "./handle-request.ts";

/**
 * The API in the form of a Next route file. All methods are exported, so that an unsupported one gets our
 * answer and not the framework's empty one.
 */
async function handle(request: Request): Promise<Response> {
  return await handleRequest(withoutEncoding(request));
}

/**
 * Removes Accept-Encoding: Next compresses every answer, even one that is compressed already. Next's
 * requests cannot be cloned.
 */
function withoutEncoding(request: Request): Request {
  const { url, method, signal } = request;
  if (method !== "GET" && method !== "HEAD") return request;
  const headers = new Headers(request.headers);
  headers.delete("accept-encoding");
  return new Request(url, { method, headers, signal });
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
