import type { IncomingMessage } from "node:http";
import { AppError } from "../../errors.ts";
import { logger } from "../../logger.ts";
import { findApi, findRoute } from "../api/find-route.ts";
import { toNotFound } from "../api/handle-request.ts";
import { toRefusedRequest } from "./refused-request.ts";

/** Enough for a form or a small action. */
export const MAX_FORM_BYTES = 64 * 1024;
/** Next's limit for an action, such as the flips of thousands of numbers. */
export const MAX_ACTION_BYTES = 1024 * 1024;

/** Paths whose bodies are never larger than a form: a sign-in, an export, and the steps to a bulk change. */
const FORM_PATH = /^\/(?:api\/auth\/.*|audit\/export|numbers\/selection|review\/[^/]+\/items)$/;

type Asked = Pick<IncomingMessage, "method" | "url" | "headers">;

/**
 * Refuses a body that a page does not take before it is read: Next buffers up to 10 MB of any. An action
 * and a form have one, with its size in Content-Length; one larger than a form needs a
 * session. The API's routes have their own limits.
 *
 * @param options.hasSession called only for a larger body
 * @returns null when the body, if there is one, should be read
 */
export async function refuseBody(
  request: Asked,
  options: { requestId: string; hasSession: () => Promise<boolean> },
): Promise<Response | null> {
  const { method = "", url = "/" } = request;
  const path = url.split("?", 1).join("");
  if (!hasBody(request) || findRoute(path) !== null) return null;
  const { requestId } = options;
  const log = (said: string) =>
    logger().info({ requestId, asked: `${method} ${path}`, said }, "Body refused.");
  if (findApi(path) !== null) {
    log("There is nothing at this path.");
    return toNotFound(path, { method, requestId });
  }
  const error = await findFault(request, { ...options, path });
  if (error === null) return null;
  log(error.message);
  return toRefusedRequest(request, error, { requestId });
}

export function hasBody({ headers }: Pick<IncomingMessage, "headers">): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;
}

async function findFault(
  request: Asked,
  { path, hasSession }: { path: string; hasSession: () => Promise<boolean> },
): Promise<AppError | null> {
  const { headers } = request;
  const isForm = FORM_PATH.test(path);
  if (!(request.method === "POST" && (isForm || isAction(request)))) {
    return new AppError("INVALID_INPUT", "This takes no body. Ask for it without one.");
  }
  const length = headers["content-length"];
  if (length === undefined) {
    const message = "The body's size has to be said beforehand, by Content-Length.";
    return new AppError("INVALID_INPUT", message);
  }
  const bytes = Number(length);
  if (bytes <= MAX_FORM_BYTES) return null;
  if (isForm || !(await hasSession())) return tooLarge(MAX_FORM_BYTES);
  return bytes <= MAX_ACTION_BYTES ? null : tooLarge(MAX_ACTION_BYTES);
}

/** Without scripts an action is posted as a form. */
function isAction({ headers }: Asked): boolean {
  const type = headers["content-type"]?.toLowerCase() ?? "";
  return headers["next-action"] !== undefined || type.startsWith("multipart/form-data");
}

function tooLarge(mostBytes: number): AppError {
  const message = `The body is larger than ${mostBytes / 1024} KiB, the most that is taken here.`;
  return new AppError("PAYLOAD_TOO_LARGE", message);
}
