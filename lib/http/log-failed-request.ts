import { REQUEST_ID_HEADER, toRequestId } from "./request-id.ts";
import { logUnexpected } from "./to-app-error.ts";

/** Logs what Next met while it answered, with the digest that a page shows in the error's stead. */
export function logFailedRequest(
  error: unknown,
  request: { path: string; method: string; headers: NodeJS.Dict<string | string[]> },
): void {
  const { method, path, headers } = request;
  const hasDigest = typeof error === "object" && error !== null && "digest" in error;
  logUnexpected(error, {
    requestId: toRequestId(headers[REQUEST_ID_HEADER]),
    // Without what follows the `?`, which may be a search for somebody.
    asked: `${method} ${path.split("?", 1)[0]}`,
    ...(hasDigest ? { digest: String(error.digest) } : {}),
  });
}
