import { randomBytes } from "node:crypto";
import { NextRequest } from "next/server";
import { getConfig } from "#lib/config.ts";
import {
  ATTEMPT_COOKIES,
  ATTEMPT_ID,
  COOKIES,
  toAttemptCookie,
  toCookieName,
} from "#lib/http/pages/own-cookies.ts";

/** Each attempt's cookies are about 1.2 kB, and a proxy may refuse more than 8 kB. */
const MAX_ATTEMPTS = 4;

const STATE = new RegExp(`^(.*)\\.(${ATTEMPT_ID})$`, "s");

/**
 * A request that belongs to one provider sign-in, in the form that next-auth takes: it knows only one at
 * a time.
 */
export type SignInAttempt = {
  id: string;
  request: NextRequest;
  /** Turns next-auth's answer into one for this attempt. */
  complete: (answer: Response) => Promise<Response>;
};

/**
 * Finds the provider sign-in that a request begins or ends. Each attempt keeps its state, nonce, verifier
 * and return address in its own cookies, so that two tabs do not disturb each other. Its id travels to
 * the provider and back after the state, and is cut off before next-auth compares the state.
 *
 * @returns null when the request belongs to no attempt
 */
export function findAttempt(action: string, request: NextRequest): SignInAttempt | null {
  if (action === "signin" && request.method === "POST") return beginAttempt(request);
  return action === "callback" ? endAttempt(request) : null;
}

function beginAttempt(request: NextRequest): SignInAttempt {
  const id = newAttemptId();
  const complete = async (answer: Response) => {
    const [json, location] = [await readJson(answer), answer.headers.get("location")];
    const headers = new Headers(answer.headers);
    if (location) headers.set("location", withAttempt(location, id));
    for (const old of listAttempts(request).slice(MAX_ATTEMPTS - 1)) forget(old, headers);
    const body = json?.url ? JSON.stringify({ url: withAttempt(json.url, id) }) : answer.body;
    return new Response(body, { status: answer.status, headers });
  };
  return { id, request, complete };
}

function endAttempt(request: NextRequest): SignInAttempt | null {
  const url = new URL(request.url);
  const [, state, id] = STATE.exec(url.searchParams.get("state") ?? "") ?? [];
  if (state === undefined || id === undefined) return null;
  url.searchParams.set("state", state);
  const complete = async (answer: Response) => {
    const headers = new Headers(answer.headers);
    forget(id, headers);
    return new Response(answer.body, { status: answer.status, headers });
  };
  return { id, request: new NextRequest(url, request), complete };
}

function newAttemptId(): string {
  const time = Date.now().toString(36).padStart(9, "0");
  return `${time}${randomBytes(4).toString("hex").slice(0, 7)}`;
}

/** Newest first. */
function listAttempts({ cookies }: NextRequest): string[] {
  const prefix = toCookieName(toAttemptCookie(COOKIES.state, ""), getConfig().nextAuthUrl);
  const names = cookies.getAll().map(({ name }) => name);
  const own = names.filter((name) => name.startsWith(prefix));
  return own
    .map((name) => name.slice(prefix.length))
    .sort()
    .reverse();
}

function forget(attemptId: string, headers: Headers): void {
  const { nextAuthUrl } = getConfig();
  const secure = nextAuthUrl.startsWith("https:") ? "; Secure" : "";
  for (const cookie of ATTEMPT_COOKIES) {
    const name = toCookieName(toAttemptCookie(cookie, attemptId), nextAuthUrl);
    headers.append("set-cookie", `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`);
  }
}

/**
 * The provider's address, with the attempt's id after the state. Addresses without a state stay as they
 * are.
 */
function withAttempt(address: string, attemptId: string): string {
  const url = new URL(address, getConfig().nextAuthUrl);
  const state = url.searchParams.get("state");
  if (state === null) return address;
  url.searchParams.set("state", `${state}.${attemptId}`);
  return url.href;
}

async function readJson(answer: Response): Promise<{ url?: string } | null> {
  if (!answer.headers.get("content-type")?.includes("application/json")) return null;
  return (await answer.clone().json()) as { url?: string };
}
