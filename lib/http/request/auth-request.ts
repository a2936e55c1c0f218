import { AppError } from "../../errors.ts";
import { parseJson } from "./body/parse-json.ts";
import { readText } from "./body/read-text.ts";

/** Enough for a form of two fields and a token. */
const MAX_BYTES = 64 * 1024;

/**
 * Checks what next-auth assumes: the return address is an address, the error is a code, and the body
 * matches its type. Without this a client's slip would be an internal error, with a stack in the log.
 *
 * @throws AppError INVALID_INPUT, PAYLOAD_TOO_LARGE
 */
export async function checkAuthRequest(request: Request): Promise<void> {
  const { searchParams } = new URL(request.url);
  for (const address of searchParams.getAll("callbackUrl")) requireAddress(address);
  for (const code of searchParams.getAll("error")) requireCode(code);
  if (request.method !== "POST") return;
  let text = "";
  for await (const piece of readText(request.clone(), MAX_BYTES)) text += piece;
  const type = request.headers.get("content-type") ?? "";
  if (type.includes("application/json")) {
    const body = parseJson(text);
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
      throw new AppError("INVALID_INPUT", "The body must be a JSON object.");
    }
    if ("callbackUrl" in body) requireAddress(body.callbackUrl);
  } else {
    for (const address of new URLSearchParams(text).getAll("callbackUrl")) requireAddress(address);
  }
}

/** next-auth writes it into a header unescaped. */
function requireCode(given: string): void {
  if (/^[\w.-]*$/.test(given)) return;
  const message = "error is no code of this sign-in.";
  throw new AppError("INVALID_INPUT", message, [{ path: "error", message }]);
}

function requireAddress(given: unknown): void {
  if (typeof given === "string" && isWebAddress(given)) return;
  const message = "callbackUrl is no web address. Leave it out, or name a page of the console.";
  throw new AppError("INVALID_INPUT", message, [{ path: "callbackUrl", message }]);
}

/**
 * Whether it is a path, or an address whose scheme next-auth accepts. An empty text is neither refused
 * nor used.
 */
function isWebAddress(text: string): boolean {
  if (text === "") return true;
  const base = text.startsWith("/") ? "http://console.invalid" : undefined;
  return URL.canParse(text, base) && /^https?:$/.test(new URL(text, base).protocol);
}
