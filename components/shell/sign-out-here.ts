/**
 * Ends the session of this browser, and goes to the sign-in page. By two plain requests: a page of before a
 * deploy has no code to load for it any more.
 *
 * @throws when the console does not answer, or answers that it could not
 */
export async function signOutHere(): Promise<void> {
  const { csrfToken } = (await (await ask("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, callbackUrl: "/sign-in", json: "true" });
  await ask("/api/auth/signout", { method: "POST", body });
  location.assign("/sign-in");
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(path, { ...init, cache: "no-store" });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
  return answer;
}
