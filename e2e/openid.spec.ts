import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { BrowserContext, Page } from "@playwright/test";
import { db } from "#lib/db/client.ts";
import { setPersonDisabled } from "#lib/people/set-person-disabled.ts";
import { aSystem } from "#testing/factories.ts";
import type { ProviderAccount } from "#testing/http/openid-provider.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { aColleague, expect, readEnvironment, test } from "./fixtures.ts";

function anAccount(
  claims: Record<string, unknown>,
  more: Partial<ProviderAccount> = {},
): ProviderAccount {
  const sub = randomUUID();
  const email = `${sub}@staff.test`;
  return { sub, claims: { email, email_verified: true, name: "Nia", ...claims }, ...more };
}

const askProvider = (page: Page) =>
  page.getByRole("button", { name: "Continue with single sign-on" }).click();

/** Signs in from the sign-in page through the provider's, as a person the provider knows. */
async function signInAs(page: Page, account: ProviderAccount, path = "/sign-in"): Promise<void> {
  // The provider remembers its last user, but each test brings its own.
  await page.context().clearCookies();
  await page.goto(path);
  await askProvider(page);
  await page.getByLabel("Account").fill(JSON.stringify(account));
  await page.getByRole("button", { name: "Be this person" }).click();
}

const role = (page: Page) => page.getByRole("navigation", { name: "Main" });
const problem = (page: Page) => page.getByRole("main").getByRole("alert");

async function isSignedIn({ request }: BrowserContext): Promise<boolean> {
  return (await request.get("/pulse")).status() === 204;
}

test("an invited person signs in, returns to the page they wanted, and it is recorded", async ({
  page,
}) => {
  const { id, email } = await aColleague("auditor");
  const account = anAccount({ email });
  await signInAs(page, account, "/numbers?q=acme");
  await expect(page).toHaveURL("/numbers?q=acme");
  await expect(role(page)).toContainText("Auditor");
  expect(await db().person.findUnique({ where: { id } })).toMatchObject({
    openIdSubject: account.sub,
  });
  const [event] = await readEvents({ actorId: id, action: "session.started" });
  expect(event).toMatchObject({ actorEmail: email, after: { method: "openid" }, channel: "ui" });
  expect(event?.ip).toBeTruthy();
});

test("the claim sets a role, changes it at the next sign-in, and removes it", async ({
  page,
  browser,
  baseURL,
}) => {
  const account = anAccount({ role: ["everyone", "support"] });
  await signInAs(page, account);
  await expect(role(page)).toContainText("Support");

  const elsewhere = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  await signInAs(elsewhere, { ...account, claims: { ...account.claims, role: "auditor" } });
  await expect(role(elsewhere)).toContainText("Auditor");
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);

  await signInAs(page, { ...account, claims: { ...account.claims, role: "everyone" } });
  await expect(problem(page)).toContainText("no longer gives you a role");
  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.context().close();
});

test("a person who was not invited is told so, gets no session, and is not created", async ({
  page,
}) => {
  const account = anAccount({});
  await signInAs(page, account);
  await expect(problem(page)).toContainText("nobody has invited you");
  await expectNoViolations(page);
  expect(await isSignedIn(page.context())).toBe(false);
  expect(await db().person.count({ where: { openIdSubject: account.sub } })).toBe(0);
});

test("a disabled person is told so", async ({ page }) => {
  const { id, email } = await aColleague("admin");
  const change = { personId: id, isDisabled: true, reason: "A browser test disables them" };
  await setPersonDisabled(aSystem("person:manage"), change);
  await signInAs(page, anAccount({ email, role: "admin" }));
  await expect(problem(page)).toContainText("was disabled");
  expect(await isSignedIn(page.context())).toBe(false);
});

test("a recycled or unverified address opens no account", async ({ page }) => {
  const { email } = await aColleague("admin");
  await signInAs(page, anAccount({ email, email_verified: false }));
  await expect(problem(page)).toContainText("does not confirm");
  await signInAs(page, anAccount({ email }));
  await expect(role(page)).toContainText("Admin");
  await signInAs(page, anAccount({ email }));
  await expect(problem(page)).toContainText("belongs to somebody who signed in");
  expect(await isSignedIn(page.context())).toBe(false);
});

test("an admin unlinks somebody, and their new account at the provider takes its place", async ({
  page,
  browser,
  loginAs,
}) => {
  const { id, email, name } = await aColleague("auditor");
  const theirs = await browser.newPage();
  const first = anAccount({ email });
  await signInAs(theirs, first);
  await loginAs("admin");
  await page.goto(`/people/${id}`);
  await page.getByRole("button", { name: "Unlink" }).click();
  const dialog = page.getByRole("dialog", { name: `Unlink ${name} from` });
  const confirm = dialog.getByRole("button", { name: `Unlink ${name}` });
  await confirm.click();
  await expect(dialog.getByText("Write at least 5 characters")).toBeVisible();
  await expectNoViolations(page);
  const reason = `Their account there was made anew (${email})`;
  await dialog.getByLabel("Reason").fill(reason);
  await confirm.click();
  await expect(page.getByText(`${name} is no longer linked`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Unlink" })).toBeHidden();
  await expect(page.locator("#content")).toBeFocused();

  await theirs.goto("/numbers");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await signInAs(theirs, anAccount({ email }));
  await expect(role(theirs)).toContainText("Auditor");
  await signInAs(theirs, first);
  await expect(problem(theirs)).toContainText("Ask an admin to unlink that one");
  await theirs.close();
  await page.goto(`/audit?action=person.identity_forgotten&reason=${email}`);
  const message = page.getByText(/unlinked .* from their account at the identity provider/);
  await expect(message).toContainText(name);
  await expect(page.getByText(reason)).toBeVisible();
});

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const REFUSED_TOKENS: [string, () => Partial<ProviderAccount>][] = [
  ["of another sign-in (nonce)", () => ({ tampered: { nonce: "of-another-sign-in" } })],
  ["of no sign-in (nonce)", () => ({ tampered: { nonce: null } })],
  ["of another issuer", () => ({ tampered: { iss: "https://evil.example" } })],
  ["for another client", () => ({ tampered: { aud: "another-client" } })],
  ["for somebody else than the provider's page says", () => ({ tampered: { sub: "another" } })],
  ["signed by another key", () => ({ isSignedByAnother: true })],
  ["that is over for a minute", () => ({ clockSeconds: -60 })],
  ["of a minute from now", () => ({ tampered: { iat: inSeconds(60) } })],
];
for (const [name, fault] of REFUSED_TOKENS) {
  test(`an ID token ${name} lets nobody in`, async ({ page }) => {
    await signInAs(page, anAccount({ role: "admin" }, fault()));
    await expect(problem(page)).toContainText("was not accepted");
    expect(await isSignedIn(page.context())).toBe(false);
  });
}

test("a provider whose clock is a few seconds off lets people in", async ({ page }) => {
  for (const fault of [{ clockSeconds: -4 }, { tampered: { iat: inSeconds(6) } }]) {
    await signInAs(page, anAccount({ role: "support" }, fault));
    await expect(role(page)).toContainText("Support");
  }
});

test("an answer that this browser did not ask for lets nobody in", async ({ page }) => {
  await page.goto("/sign-in");
  await askProvider(page);
  await page.getByLabel("Account").fill(JSON.stringify(anAccount({ role: "admin" })));
  // As when a person gets the last step of another person's sign-in: the state is not this browser's.
  await page.context().clearCookies({ name: /next-auth/ });
  await page.getByRole("button", { name: "Be this person" }).click();
  await expect(problem(page)).toContainText("was not accepted");
  await page.goto("/api/auth/callback/openid?code=stolen&state=guessed");
  await expect(problem(page)).toContainText("was not accepted");
  expect(await isSignedIn(page.context())).toBe(false);
});

test("two tabs that sign in at the same time both reach the page they wanted", async ({
  page,
  context,
}) => {
  readEnvironment();
  const account = anAccount({ role: "support" });
  const [first, second] = [page, await context.newPage()];
  await first.goto("/runtimes");
  await askProvider(first);
  await expect(first).toHaveTitle("Provider");
  await second.goto("/numbers?q=acme");
  await askProvider(second);
  for (const [tab, path] of [
    [second, "/numbers?q=acme"],
    [first, "/runtimes"],
  ] as const) {
    await tab.getByLabel("Account").fill(JSON.stringify(account));
    await tab.getByRole("button", { name: "Be this person" }).click();
    await expect(tab).toHaveURL(path);
    await expect(role(tab)).toContainText("Support");
  }
  const left = (await context.cookies()).filter(({ name }) =>
    /^next-auth\.\S+\.\w{16}$/.test(name),
  );
  expect(left).toEqual([]);
  expect(
    await db().session.count({ where: { endedAt: null, person: { openIdSubject: account.sub } } }),
  ).toBe(1);
});

test("of many started sign-ins, the browser keeps the cookies of the latest", async ({
  context,
}) => {
  const { request } = context;
  const answer = await request.get("/api/auth/csrf");
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const begun: string[] = [];
  for (let count = 0; count < 6; count += 1) {
    const form = { csrfToken, callbackUrl: "/numbers", json: "true" };
    const { url } = await (await request.post("/api/auth/signin/openid", { form })).json();
    begun.push(new URL(url).searchParams.get("state")?.split(".").at(-1) ?? "");
  }
  const names = (await context.cookies()).map(({ name }) => name);
  const kept = names.filter((name) => name.startsWith("next-auth.state."));
  expect(kept.sort()).toEqual(begun.slice(-4).map((id) => `next-auth.state.${id}`));
  expect(names.filter((name) => name.endsWith(begun[0] ?? ""))).toEqual([]);
});

test("a person who cancels at the provider can start again", async ({ page }) => {
  await page.goto("/sign-in");
  await askProvider(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(problem(page)).toContainText("you cancelled");
  await askProvider(page);
  await expect(page).toHaveTitle("Provider");
});

test("signing in leads to no other site, whatever the address asks for", async ({
  page,
  baseURL,
}) => {
  await page.goto("/sign-in?callbackUrl=https%3A%2F%2Fevil.example");
  await askProvider(page);
  await page.getByLabel("Account").fill(JSON.stringify(anAccount({ role: "support" })));
  await page.getByRole("button", { name: "Be this person" }).click();
  await expect(page).toHaveURL("/numbers");
  const signIn = "/api/auth/signin?callbackUrl=https%3A%2F%2Fevil.example";
  const { headers } = await page
    .context()
    .request.get(signIn, { maxRedirects: 0 })
    .then((answer) => ({
      headers: answer.headers(),
    }));
  const { searchParams } = new URL(headers.location ?? "", baseURL);
  expect(searchParams.get("callbackUrl")).not.toContain("evil");
});

test("while the provider is away the page says so, and a password still works", async ({
  page,
}) => {
  const file = process.env.E2E_ENV ?? "";
  const { bareNextUrl } = JSON.parse(readFileSync(file, "utf8")) as { bareNextUrl: string };
  const { email, password } = await aColleague("auditor");
  await page.goto(`${bareNextUrl}/sign-in`);
  await askProvider(page);
  await expect(problem(page)).toContainText("cannot be reached right now");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(role(page)).toContainText("Auditor");
});
