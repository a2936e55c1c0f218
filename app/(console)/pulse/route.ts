import { toAppError } from "#lib/http/to-app-error.ts";
import { findActor, readOrigin } from "../../session.ts";

/** Whether the console is there (204) and the session still stands (else 401): open pages ask before they refresh. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const actor = await findActor();
    return new Response(null, { status: actor ? 204 : 401, headers });
  } catch (error) {
    toAppError(error, (await readOrigin()).requestId);
    return new Response(null, { status: 503, headers });
  }
}
