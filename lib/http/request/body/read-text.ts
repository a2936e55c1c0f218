import { AppError } from "../../../errors.ts";

/**
 * Yields the body as text while it arrives. Stops, without waiting for the rest, once the body is too
 * large or invalid.
 *
 * @throws AppError PAYLOAD_TOO_LARGE, or INVALID_INPUT when it is not UTF-8 or breaks off
 */
export async function* readText(request: Request, mostBytes: number): AsyncGenerator<string> {
  refuseEncoded(request);
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLarge(mostBytes);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  for await (const chunk of readChunks(request)) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    yield decode(decoder, chunk);
  }
  yield decode(decoder, null);
}

async function* readChunks(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw brokenOff(cause);
      });
      if (done) return;
      yield value;
    }
  } finally {
    // Not awaited: the client may never end.
    reader.cancel().catch(() => undefined);
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array | null): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new AppError("INVALID_INPUT", "The body is not valid UTF-8. Send it encoded as UTF-8.");
  }
}

function refuseEncoded(request: Request): void {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() === "identity") return;
  throw new AppError("INVALID_INPUT", `A ${encoding} body is not taken here. Send it as it is.`);
}

function tooLarge(mostBytes: number): AppError {
  const most = `${Math.floor(mostBytes / 1024 / 1024)} MiB`;
  return new AppError("PAYLOAD_TOO_LARGE", `The body is larger than ${most}. Send it in parts.`);
}

function brokenOff(cause: unknown): AppError {
  const error = new AppError("INVALID_INPUT", "The body broke off before its end. Send it again.");
  error.cause = cause;
  return error;
}
