/**
 * Ends this browser's session, and goes to the sign-in page. Uses two plain requests, because a page from
 * before a deploy can no longer load code.
 *
 * @throws when the console does not answer, or answers with an error
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
