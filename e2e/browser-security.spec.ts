import type { APIResponse } from "@playwright/test";
import { aNumber, expect, test } from "./fixtures.ts";

const POLICY =
  /^default-src 'none'; script-src 'nonce-(?<nonce>[0-9a-f-]{36})' 'strict-dynamic'; style-src 'self' 'nonce-\k<nonce>'; /;

async function readNonce(response: APIResponse): Promise<string> {
  const policy = response.headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(POLICY);
  return POLICY.exec(policy)?.groups?.nonce ?? "";
}

test("each page has a strict policy with a nonce of its own, and every script has it", async ({
  context,
  loginAs,
}) => {
  await loginAs("admin");
  const { phoneNumberId } = await aNumber();
  const nonces = new Set<string>();
  for (const path of [
    "/numbers",
    `/numbers/${phoneNumberId}`,
    "/runtimes",
    "/nowhere",
    "/sign-in",
  ]) {
    const response = await context.request.get(path, { maxRedirects: 0 });
    const nonce = await readNonce(response);
    nonces.add(nonce);
    const scripts = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(5);
});

test("a script that got into a page does not run", async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  await page.goto("/sign-in");
  const ran = await page.evaluate(async () => {
    const refused = new Promise<string>((resolve) => {
      addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
        resolve(effectiveDirective),
      );
    });
    document.body.innerHTML = '<img src="data:," onerror="window.broken = true">';
    return { directive: await refused, isBroken: "broken" in window };
  });
  expect(ran).toEqual({ directive: "script-src-attr", isBroken: false });
  await page.context().close();
});

test("pages are not cached, and their addresses are not sent to other sites", async ({
  context,
  loginAs,
}) => {
  await loginAs("admin");
  for (const path of ["/numbers", "/runtimes", "/pulse", "/api/auth/session", "/api/auth/csrf"]) {
    const headers = (await context.request.get(path)).headers();
    expect(headers["cache-control"], path).toContain("no-store");
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers["permissions-policy"]).toContain("camera=()");
    // Sent on HTTPS only: lib/http/pages/page-security.test.ts.
    expect(headers).not.toHaveProperty("strict-transport-security");
  }
});

// Pages take no body but an action's; any other body is refused before the sender is checked.
for (const [path, how] of [
  ["/numbers", { "next-action": "4".repeat(42) }],
  ["/sign-in", { "next-action": "4".repeat(42) }],
  ["/api/auth/signout", {}],
  ["/api/auth/callback/credentials", {}],
] as const) {
  test(`another site's page cannot write to ${path}`, async ({ context, loginAs }) => {
    await loginAs("support");
    for (const from of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ]) {
      const headers = { ...how, ...from };
      const response = await context.request.post(path, { headers, form: { x: "1" } });
      expect(response.status()).toBe(403);
    }
    expect((await context.request.get("/pulse")).status()).toBe(204);
  });
}
