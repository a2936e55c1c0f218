import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { setPersonDisabled } from "#lib/people/set-person-disabled.ts";
import { setPersonRole } from "#lib/people/set-person-role.ts";
import { aSystem } from "#testing/factories.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import {
  aColleague,
  catchAction,
  expect,
  expectNoSidewaysScroll,
  manyPeople,
  readEventsOf,
  returnToPage,
  sendAs,
  slowDown,
  test,
  watchSearches,
} from "./fixtures.ts";

const REASON = "They moved to another team";
const system = aSystem("person:manage");

async function openPerson(page: Page, { id, name }: { id: string; name: string }): Promise<void> {
  await page.goto(`/people/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

/**
 * Collects the refreshes that the page requests from now on: without a session each leads to the sign-in.
 */
function watchRefreshes(page: Page): () => string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "GET" && request.headers().rsc) seen.push(request.url());
  });
  return () => seen;
}

test("an admin invites a person, whose first password is shown once and works", async ({
  page,
  loginAs,
}) => {
  const email = `${randomUUID()}@staff.test`;
  await loginAs("admin");
  await page.goto("/people");
  await page.getByRole("button", { name: "Invite a person" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite a person" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await dialog.getByLabel("E-mail").fill("not an address");
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(dialog.getByText("Write 1 to 100 characters")).toBeVisible();
  await expect(dialog.getByText("This is not an e-mail address")).toBeVisible();
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await dialog.getByLabel("Name").fill("Nia Newcomer");
  await dialog.getByLabel("E-mail").fill(email.toUpperCase());
  await dialog.getByLabel("Role").selectOption("auditor");
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();

  await expect(dialog.getByRole("alert")).toContainText("shown only once");
  const password = await dialog.getByLabel("Password of Nia Newcomer").inputValue();
  expect(password.length).toBeGreaterThan(20);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Invite a person" })).toBeFocused();

  await page.getByLabel("Search").fill(email);
  const row = page.getByRole("row", { name: email });
  await expect(row).toContainText("Password created by Priya Raman");
  // The list of before has the row, too, and is dimmed until the answer to the search.
  await expect(page.getByText("1 person", { exact: true })).toBeVisible();
  await expectNoViolations(page);
  await row.getByRole("link").click();
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Priya Raman created it. They choose their own")).toBeVisible();
  await expect(page.locator("body")).not.toContainText(password);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const events = await readEventsOf(id);
  expect(events).toMatchObject([
    {
      action: "person.created",
      channel: "ui",
      actor: { role: "admin" },
      before: null,
      after: { email, name: "Nia Newcomer", role: "auditor" },
    },
  ]);
  expect(JSON.stringify(events)).not.toContain(password);
  await loginAs({ email, password });
  await page.goto("/tokens");
  for (const name of ["New password", "New password again"]) {
    await page.getByLabel(name, { exact: true }).fill("chosen with the admin's");
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/tokens");
  const why =
    "You cannot create or rotate tokens in this session: you signed in with a password that Priya Raman created";
  await expect(page.getByText(why)).toBeVisible();
  await expect(page.getByRole("button", { name: /Create a token/ })).toBeHidden();
  await expectNoViolations(page);
});

test("an address that is taken shows an error, and what was typed stays", async ({
  page,
  loginAs,
}) => {
  const { email } = await aColleague("support");
  await loginAs("admin");
  await page.goto("/people");
  await page.getByRole("button", { name: "Invite a person" }).click();
  await page.getByLabel("Name").fill("Nia Newcomer");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("is already one of the people");
  await expect(page.getByLabel("Name")).toHaveValue("Nia Newcomer");
});

test("a role is changed with a reason, and changed back from the toast", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const { id, name } = colleague;
  await loginAs("admin");
  await openPerson(page, colleague);
  await page.getByRole("button", { name: "Change role" }).click();
  const dialog = page.getByRole("dialog", { name: `Change the role of ${name}?` });
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(dialog.getByText("Choose a role other than")).toBeVisible();
  await expect(dialog.getByText("Write at least 5 characters")).toBeVisible();
  await dialog.getByLabel("Role").selectOption("auditor");
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: "Change role" }).click();

  await expect(
    page.getByRole("status").filter({ hasText: `${name} is now Auditor` }),
  ).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("definition").filter({ hasText: "Auditor" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Change role" })).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${name} is now Support`)).toBeVisible();
  expect(await readEventsOf(id)).toMatchObject([
    { action: "person.created" },
    {
      action: "person.role_changed",
      before: { role: "support" },
      after: { role: "auditor" },
      reason: REASON,
      channel: "ui",
    },
    { action: "person.role_changed", after: { role: "support" }, reason: `Undo: ${REASON}` },
  ]);
});

test("a role that somebody else changed meanwhile is shown, and the change can be confirmed again", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const { id, name } = colleague;
  await loginAs("admin");
  await openPerson(page, colleague);
  await page.getByRole("button", { name: "Change role" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Role").selectOption("account_manager");
  await dialog.getByLabel("Reason").fill(REASON);
  await setPersonRole(system, { personId: id, role: "auditor", reason: "Meanwhile, elsewhere" });
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(dialog).toContainText(
    `Somebody changed the role of ${name} to Auditor; it was Support when you opened this.`,
  );
  await expect(dialog.getByLabel("Reason")).toHaveValue(REASON);
  expect(await readEventsOf(id)).toHaveLength(2);
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText(`${name} is now Account manager`)).toBeVisible();
  expect((await readEventsOf(id)).at(-1)).toMatchObject({ before: { role: "auditor" } });
});

test("disabling a person ends their sessions at once; enabling lets them sign in again", async ({
  page,
  browser,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const { id, name } = colleague;
  const theirs = await browser.newPage();
  await loginAs(colleague, theirs);
  await loginAs("admin");
  await openPerson(page, colleague);
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByLabel("Reason").fill(REASON);
  await page.getByRole("button", { name: `Disable ${name}` }).click();
  await expect(page.getByText(`${name} is disabled`)).toBeVisible();
  await expect(page.getByText("Not signed in anywhere")).toBeVisible();
  await theirs.goto("/numbers");
  await expect(theirs).toHaveURL(/\/sign-in/);

  await page.getByRole("button", { name: "Enable" }).click();
  await page.getByLabel("Reason").fill("They came back");
  await page.getByRole("button", { name: `Enable ${name}` }).click();
  await expect(page.getByText(`${name} can sign in again`)).toBeVisible();
  await loginAs(colleague, theirs);
  await theirs.close();
  const changes = (await readEventsOf(id)).filter(({ action }) => action !== "person.created");
  expect(changes).toMatchObject([
    { action: "person.disabled", after: { isDisabled: true }, reason: REASON },
    { action: "person.enabled", after: { isDisabled: false }, reason: "They came back" },
  ]);
});

test("disabling a person who was disabled meanwhile says so, and records nothing", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const { id, name } = colleague;
  await loginAs("admin");
  await openPerson(page, colleague);
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByLabel("Reason").fill(REASON);
  await setPersonDisabled(system, { personId: id, isDisabled: true, reason: "Elsewhere" });
  await page.getByRole("button", { name: `Disable ${name}` }).click();
  await expect(page.getByText(`${name} was already disabled. Nothing was changed.`)).toBeVisible();
  expect(await readEventsOf(id)).toHaveLength(2);
});

test("a new password is shown once, and the old one stops working", async ({
  page,
  browser,
  loginAs,
}) => {
  const colleague = await aColleague("auditor");
  const { id, name, email } = colleague;
  await loginAs("admin");
  await openPerson(page, colleague);
  await page.getByRole("button", { name: "Reset password" }).click();
  await page.getByLabel("Reason").fill("They forgot the old one");
  await page.getByRole("button", { name: "Reset password" }).click();
  const password = await page.getByLabel(`Password of ${name}`).inputValue();
  await page.getByRole("button", { name: "Done" }).click();

  const theirs = await browser.newPage();
  await theirs.goto("/sign-in");
  await theirs.getByLabel("E-mail").fill(email);
  await theirs.getByLabel("Password").fill(colleague.password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByText("do not match anyone")).toBeVisible();
  await theirs.getByLabel("Password").fill(password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs).toHaveURL("/choose-password?next=%2Fnumbers");
  await theirs.close();
  const events = await readEventsOf(id);
  expect(events).toContainEqual(
    expect.objectContaining({ action: "person.password_reset", before: null }),
  );
  expect(JSON.stringify(events)).not.toContain(password);
});

test("a renamed person has the new name on pages, and the old one in the trail", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const { id, name, email, password } = colleague;
  const taken = await aColleague("support");
  await loginAs("admin");
  await openPerson(page, colleague);
  await page.getByRole("button", { name: "Rename" }).click();
  const dialog = page.getByRole("dialog", { name: `Rename ${name}?` });
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await dialog.getByLabel("E-mail").fill(taken.email);
  await dialog.getByLabel("Reason").fill("They married");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(dialog.getByRole("alert")).toContainText("is already one of the people");
  await dialog.getByLabel("Name").fill("Nia Newname");
  await dialog.getByLabel("E-mail").fill(`new.${email}`);
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Renamed to Nia Newname")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nia Newname");
  await expect(page.getByRole("button", { name: "Rename" })).toBeFocused();
  const [created, renamed] = await readEventsOf(id);
  expect(created).toMatchObject({ target: { display: `${name} <${email}>` } });
  expect(renamed).toMatchObject({
    action: "person.renamed",
    before: { name, email },
    after: { name: "Nia Newname", email: `new.${email}` },
    reason: "They married",
    channel: "ui",
  });
  await loginAs({ email: `new.${email}`, password });
});

test("the erasure of a disabled person is requested by typing their address, seen by all admins, and withdrawn", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const { id, name, email } = colleague;
  await loginAs("admin");
  await openPerson(page, colleague);
  await expect(page.getByRole("button", { name: "Erase personal data" })).toBeHidden();
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("They left the company");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Erase personal data" }).click();
  const dialog = page.getByRole("dialog", { name: `Erase ${name}’s personal data?` });
  await expect(dialog).toContainText("after 72 hours");
  await dialog.getByLabel("Reason").fill("Request 17 of the data protection office");
  const typed = dialog.getByLabel("Type their e-mail address to confirm");
  const confirm = dialog.getByRole("button", { name: "Request erasure" });
  await typed.fill(name);
  await confirm.click();
  await expect(dialog.getByText(`Type ${email} if this is the right person`)).toBeVisible();
  await typed.fill(email.toUpperCase());
  await confirm.click();
  await expect(page.getByText("will be erased. Earliest time:")).toBeVisible();
  await page.goto("/people");
  const waiting = page.getByRole("region", { name: "Requested erasures" });
  await expect(waiting).toContainText(name);
  await expectNoViolations(page);
  await waiting.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Withdraw request" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("It was the wrong person");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw request" }).click();
  await expect(page.getByRole("button", { name: "Erase personal data" })).toBeVisible();
  const acts = (await readEventsOf(id)).map(({ action }) => action);
  expect(acts.slice(-2)).toEqual(["person.erasure_requested", "person.erasure_withdrawn"]);
  await page.getByRole("link", { name: "What they did, in the audit trail" }).click();
  await expect(page.getByText("No entry matches")).toBeVisible();
});

test("one session is ended, then all of them, each with an event", async ({
  page,
  browser,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  const { id, name } = colleague;
  const [first, second] = [await browser.newPage(), await browser.newPage()];
  for (const theirs of [first, second]) {
    await loginAs(colleague, theirs);
    await theirs.goto("/numbers");
  }
  await loginAs("admin");
  await openPerson(page, colleague);
  const sessions = page.getByRole("region", { name: "Sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.first()).toContainText("With a password from 127.0.0.1");
  await sessions
    .first()
    .getByRole("button", { name: /^End session/ })
    .click();
  await page.getByLabel("Reason").fill("A laptop was lost");
  await page.getByRole("button", { name: "End session", exact: true }).click();
  await expect(page.getByText("The session was ended")).toBeVisible();
  await expect(sessions).toHaveCount(1);
  await expect(page.locator("#content")).toBeFocused();

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByLabel("Reason").fill("A laptop was lost");
  await page.getByRole("button", { name: `Sign ${name} out` }).click();
  await expect(page.getByText("Not signed in anywhere")).toBeVisible();
  for (const theirs of [first, second]) {
    await theirs.goto("/numbers");
    await expect(theirs).toHaveURL(/\/sign-in/);
    await theirs.close();
  }
  expect((await readEventsOf(id)).at(-1)).toMatchObject({
    action: "session.ended_everywhere",
    reason: "A laptop was lost",
  });
});

test("search and filters are in the address, and a long list has pages", async ({
  page,
  loginAs,
}) => {
  const mark = `Crowd${randomUUID().slice(0, 6)}`;
  await manyPeople(mark, 55);
  await loginAs("admin");
  await page.goto("/people");
  await page.getByLabel("Search").fill(mark);
  await expect(page).toHaveURL(`/people?q=${mark}`);
  await expect(page.getByText("55 people", { exact: true })).toBeVisible();
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(51);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(rows).toHaveCount(6);
  await page.getByRole("link", { name: "First page" }).click();
  await expect(rows).toHaveCount(51);
  await page.getByLabel("State").selectOption("disabled");
  await expect(page).toHaveURL(`/people?q=${mark}&state=disabled`);
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(51);
  await page.goto("/people?after=broken");
  await expect(page.getByText("This link is incomplete")).toBeVisible();
});

test("an admin's own page has no button for a new password", async ({ page, loginAs }) => {
  const admin = await aColleague("admin");
  const colleague = await aColleague("support");
  await loginAs(admin);
  const reset = page.getByRole("button", { name: "Reset password" });
  await openPerson(page, colleague);
  await expect(reset).toBeVisible();
  await openPerson(page, admin);
  await expect(page.getByRole("button", { name: "Sign out everywhere" })).toBeVisible();
  await expect(reset).toHaveCount(0);
});

test("an ended session loses nothing that was typed", async ({ page, loginAs }) => {
  const admin = await aColleague("admin");
  const colleague = await aColleague("support");
  await loginAs(admin);
  await openPerson(page, colleague);
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByLabel("Reason").fill(REASON);
  const which = { personId: admin.id, role: "auditor" as const, reason: "Meanwhile, elsewhere" };
  await setPersonRole(system, which);
  const refreshes = watchRefreshes(page);
  await page.getByRole("button", { name: `Disable ${colleague.name}` }).click();
  await expect(page.getByRole("alert")).toContainText("Your session ended");
  await returnToPage(page);
  await expect(page.getByText("Sign in again to continue")).toBeVisible();
  expect(refreshes()).toEqual([]);
  await expect(page.getByLabel("Reason")).toHaveValue(REASON);
  expect(await readEventsOf(colleague.id)).toHaveLength(1);
});

test("without an answer the dialog says so, and what was typed can be sent again", async ({
  page,
  context,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  await loginAs("admin");
  await openPerson(page, colleague);
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByLabel("Reason").fill(REASON);
  const confirm = page.getByRole("button", { name: `Disable ${colleague.name}` });
  await context.setOffline(true);
  await confirm.click();
  await expect(page.getByRole("alert")).toContainText("not certain whether this was saved");
  await expect(page.getByLabel("Reason")).toHaveValue(REASON);
  await context.setOffline(false);
  await confirm.click();
  await expect(page.getByText(`${colleague.name} is disabled`)).toBeVisible();
});

test("a link that is followed while the search is pending is not undone by it", async ({
  page,
  loginAs,
}) => {
  const { email } = await aColleague("support");
  await loginAs("admin");
  await page.goto(`/people?q=${email.slice(0, 20)}`);
  await slowDown(page, /\/people\/[0-9a-f-]{36}/);
  const searches = watchSearches(page);
  await page.getByLabel("Search").pressSequentially(email.slice(20, 24), { delay: 10 });
  await page.getByRole("row", { name: email }).getByRole("link").click();
  await expect(page.getByRole("link", { name: "All people" })).toBeVisible();
  expect(searches).not.toContain(email.slice(0, 24));
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}$/);
});

for (const role of ["support", "account_manager", "auditor"] as const) {
  test(`the role ${role} is told whom to ask, and cannot send the actions either`, async ({
    page,
    browser,
    loginAs,
  }) => {
    const colleague = await aColleague("support");
    await loginAs(role);
    await page.goto("/numbers");
    await expect(page.getByRole("link", { name: "People" })).toBeHidden();
    for (const path of ["/people", `/people/${colleague.id}`]) {
      expect((await page.goto(path))?.status()).toBe(403);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/not for your role/);
      await expect(page.locator("body")).not.toContainText(colleague.email);
    }

    const allowed = await browser.newPage();
    await loginAs("admin", allowed);
    await openPerson(allowed, colleague);
    await allowed.getByRole("button", { name: "Disable" }).click();
    await allowed.getByLabel("Reason").fill(REASON);
    const confirm = allowed.getByRole("button", { name: `Disable ${colleague.name}` });
    const caught = await catchAction(allowed, () => confirm.click());
    await allowed.close();
    expect(await sendAs(page, caught)).toContain("FORBIDDEN");
    const changes = (await readEventsOf(colleague.id)).filter(
      ({ outcome }) => outcome === "success",
    );
    expect(changes).toHaveLength(1);
  });
}

test("no dialog has an accessibility violation, and each fits 320 pixels", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  await loginAs("admin");
  await page.goto("/people");
  await page.getByRole("button", { name: "Invite a person" }).click();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await openPerson(page, colleague);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  for (const name of ["Rename", "Change role", "Disable", "Reset password"]) {
    await page.getByRole("button", { name }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button").last().click();
    await expect(dialog.getByText("Write at least 5 characters")).toBeVisible();
    await expectNoViolations(page);
    const sideways = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name })).toBeFocused();
  }
});
