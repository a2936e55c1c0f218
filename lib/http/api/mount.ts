import { handleRequest } from "./handle-request.ts";

/**
 * The API as the exports of a route file of Next's. Every method is handed over, so that those a
 * path does not take get our answer and not the framework's empty one.
 */
async function handle(request: Request): Promise<Response> {
  return await handleRequest(withoutEncoding(request));
}

/** Next compresses whatever a route answers, also what is compressed already. Its requests cannot be copied whole. */
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
