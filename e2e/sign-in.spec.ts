import { setPersonDisabled } from "#lib/people/set-person-disabled.ts";
import { setPersonRole } from "#lib/people/set-person-role.ts";
import { aSystem } from "#testing/factories.ts";
import {
  aColleague,
  aNumber,
  expect,
  openInList,
  returnToPage,
  signOut,
  test,
  untilHydrated,
} from "./fixtures.ts";

const reason = "A browser test changes this person's access";

test("a wrong password and an unknown address show the same message", async ({ page }) => {
  const { email } = await aColleague("support");
  for (const address of [email, "nobody@staff.test"]) {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(address);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("do not match anyone who may sign in")).toBeVisible();
    await expect(page).toHaveURL("/sign-in");
  }
});

test("signing in leads to the requested page, and signing out ends the session", async ({
  page,
}) => {
  const { email, password } = await aColleague("auditor");
  await page.goto("/numbers?q=acme&sort=account");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("Password").press("Enter");
  await expect(page).toHaveURL("/numbers?q=acme&sort=account");
  await expect(page.getByRole("navigation", { name: "Main" })).toContainText("Auditor");
  await untilHydrated(page);

  await page.context().setOffline(true);
  await signOut(page);
  await expect(page.getByRole("alert").filter({ hasText: "still signed in" })).toBeVisible();
  await page.context().setOffline(false);
  // As after a deploy, when an open page's scripts are gone.
  await page.route("**/_next/static/**", (route) => route.fulfill({ status: 404 }));
  await signOut(page);
  await expect(page).toHaveURL("/sign-in");
  await page.unroute("**/_next/static/**");
  await page.goto("/numbers");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a copied cookie ends with its session: by signing out, and by signing in again", async ({
  page,
  context,
  loginAs,
}) => {
  const colleague = await aColleague("auditor");
  await loginAs(colleague);
  const first = await context.cookies();
  await loginAs(colleague);
  const second = await context.cookies();
  await page.goto("/numbers");
  await signOut(page);
  await expect(page).toHaveURL("/sign-in");
  for (const copied of [first, second]) {
    await context.addCookies(copied);
    await page.goto("/numbers");
    await expect(page).toHaveURL(/\/sign-in/);
  }
});

test("a session's cookie is hidden from scripts and from other sites", async ({
  context,
  loginAs,
}) => {
  await loginAs("auditor");
  const session = (await context.cookies()).find(({ name }) => name.endsWith("session-token"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
});

for (const elsewhere of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
  test(`signing in leads to no other site: ${elsewhere}`, async ({ page }) => {
    const { email, password } = await aColleague("auditor");
    await page.goto(`/sign-in?next=${encodeURIComponent(elsewhere)}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/numbers");
  });
}

test("a page without a session answers with a redirect, not with content", async ({ request }) => {
  const response = await request.get("/numbers", { maxRedirects: 0 });
  expect(response.status()).toBe(307);
  expect(response.headers().location).toBe("/sign-in?next=%2Fnumbers");
});

test("a page cannot be framed, sniffed or cached, and its address is not sent to other sites", async ({
  request,
}) => {
  const headers = (await request.get("/sign-in")).headers();
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("same-origin");
  expect(headers["cache-control"]).toContain("private");
  expect(headers["cache-control"]).toContain("no-store");
});

test("a disabled person is signed out at the next request, and told so", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  await loginAs(colleague);
  await page.goto("/numbers");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  const which = { personId: colleague.id, isDisabled: true, reason };
  await setPersonDisabled(aSystem("person:manage"), which);
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText("your access changed")).toBeVisible();
});

test("an open page goes to the sign-in by itself when the session ends", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  await loginAs(colleague);
  await page.goto("/numbers");
  const which = { personId: colleague.id, isDisabled: true, reason };
  await setPersonDisabled(aSystem("person:manage"), which);
  await returnToPage(page);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a person who lost the permission to flip keeps what was typed, and flips nothing", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const number = await aNumber();
  await loginAs(colleague);
  await openInList(page, number);
  await page.getByRole("switch").click();
  await page.getByLabel("Reason").fill("Their CRM is ready for it");

  const which = { personId: colleague.id, role: "auditor" as const, reason };
  await setPersonRole(aSystem("person:manage"), which);
  await returnToPage(page);
  await page.getByRole("button", { name: /^Turn on/ }).click();
  await expect(page.getByText("Sign in again; what you typed stays here")).toBeVisible();
  await expect(page.getByLabel("Reason")).toHaveValue("Their CRM is ready for it");
});
