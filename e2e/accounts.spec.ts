import { db } from "#lib/db/client.ts";
import { setTwoPeople } from "#lib/requests/set-two-people.ts";
import { aSystem } from "#testing/factories.ts";
import {
  aColleague,
  aNumber,
  expect,
  openInList,
  readEventsOf,
  readTrail,
  test,
} from "./fixtures.ts";

const REASON = "Ana takes over in the north";

test("an admin sets the manager of several accounts at once", async ({ page, loginAs }) => {
  const manager = await aColleague("account_manager");
  const [one, other, third] = [await aNumber(), await aNumber(), await aNumber()];
  const mark = "Mark";
  for (const { accountId, accountName } of [one, other, third]) {
    await db().account.update({
      where: { id: accountId },
      data: { name: `${mark} ${manager.id} ${accountName}` },
    });
  }
  await loginAs("admin");
  await page.goto(`/accounts?q=${manager.id}`);
  await expect(page.getByText("3 accounts", { exact: true })).toBeVisible();
  const set = page.getByRole("button", { name: "Set manager of selected" });
  await set.click();
  await expect(page.getByRole("dialog", { name: "No account is selected" })).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();

  for (const { accountName } of [one, other]) {
    await page.getByRole("checkbox", { name: accountName }).check();
  }
  await set.click();
  const dialog = page.getByRole("dialog", { name: "Who looks after the 2 selected accounts?" });
  await dialog.getByLabel("Manager").selectOption(manager.email);
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: "Change 2 accounts" }).click();
  await expect(page.getByText("Changed 2 accounts")).toBeVisible();
  await expect(page.getByRole("row", { name: one.accountName })).toContainText(manager.name);
  await expect(page.getByRole("row", { name: third.accountName })).toContainText("No manager");
  const [event] = await readEventsOf(one.accountId);
  expect(event).toMatchObject({
    action: "account.updated",
    channel: "ui",
    after: { managerEmail: manager.email },
    reason: REASON,
  });
  expect(event?.batchId).toBe((await readEventsOf(other.accountId))[0]?.batchId);
});

test("an account's page shows its numbers, and an admin gives it stand-ins and a zone", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ accepts: true });
  await aNumber({ sibling: number });
  const manager = await aColleague("account_manager");
  const data = { managerId: manager.id, isManagerFromRoster: true };
  await db().account.update({ where: { id: number.accountId }, data });
  await loginAs("admin");
  await openInList(page, number);
  await page.getByRole("link", { name: number.accountName }).click();
  await expect(page).toHaveURL(`/accounts/${number.accountId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number.accountName);
  const numbers = page.getByRole("region", { name: "Numbers" });
  await expect(numbers).toContainText("Mixed: 1 of 2 accept");
  await expect(numbers.getByRole("link", { name: number.label })).toBeVisible();

  const facts = page.getByRole("region", { name: "Who looks after it" });
  await expect(facts).toContainText("Named by the roster, and changed there.");
  await facts.getByRole("button", { name: "Change who looks after it" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("The roster names the manager");
  await dialog.getByLabel("Stand-ins").fill(`${manager.email}, nobody@staff.test`);
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("nobody@staff.test: nobody here");
  await dialog.getByLabel("Stand-ins").fill(manager.email);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(facts.getByRole("link", { name: manager.name })).toHaveCount(2);

  await facts.getByRole("button", { name: "Change time zone" }).click();
  await dialog.getByLabel("Time zone").fill("America/Recife");
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(facts).toContainText("America/Recife");
  await expect(page.getByRole("region", { name: "History" })).toContainText(
    "changed settings of this account",
  );
});

test("two people are required at once, and lifted only by asking another admin", async ({
  page,
  loginAs,
}) => {
  const { accountId, accountName } = await aNumber();
  await loginAs("admin");
  await page.goto(`/accounts/${accountId}`);
  const rule = page.getByRole("region", { name: "Changes by two people" });
  await rule.getByRole("button", { name: "Require two people" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: "Require two people" }).click();
  await expect(rule).toContainText("Needed");
  await rule.getByRole("button", { name: "Ask to lift this" }).click();
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: "Ask another admin" }).click();
  await expect(rule).toContainText("Another admin has to approve it.");
  await expect(page.getByRole("region", { name: "Open requests" })).toContainText(
    "Let one person change numbers of",
  );
  await page.goto(`/accounts?q=${encodeURIComponent(accountName)}&rule=two-people`);
  await expect(page.getByRole("row", { name: accountName })).toContainText("Two people");
});

test("account managers see their own accounts, and change none", async ({ page, loginAs }) => {
  const colleague = await aColleague("account_manager");
  const [mine, other] = [await aNumber(), await aNumber()];
  const data = { managerId: colleague.id };
  await db().account.update({ where: { id: mine.accountId }, data });
  await loginAs(colleague);
  await page.goto("/accounts");
  await page.getByLabel("Accounts", { exact: true }).selectOption("mine");
  await expect(page.getByText("1 account", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: mine.accountName }).click();
  await expect(page.getByRole("region", { name: "Who looks after it" })).toContainText(
    colleague.name,
  );
  await expect(page.getByRole("button", { name: /Change|Require|Set manager/ })).toHaveCount(0);
  await page.goto(`/accounts/${other.accountId}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(other.accountName);
});

test("support retires a number after typing its last digits, and it stays retired", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ accepts: true, displayPhoneNumber: "+15550001234" });
  await loginAs("support");
  await page.goto(`/numbers/${number.phoneNumberId}`);
  await page.getByRole("button", { name: "Retire this number" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("It is made phone-only first");
  await dialog.getByLabel("Reason").fill("The shop has closed");
  await dialog.getByLabel(/last four digits/).fill("0000");
  await dialog.getByRole("button", { name: "Retire for good" }).click();
  await expect(dialog).toContainText("These are not its last four digits");
  await dialog.getByLabel(/last four digits/).fill("1234");
  await dialog.getByRole("button", { name: "Retire for good" }).click();
  await expect(page.getByText("retired this number")).toBeVisible();
  await page.locator("summary").filter({ hasText: "Identifiers" }).click();
  await expect(page.getByText("Retired since")).toBeVisible();
  await expect(page.getByRole("button", { name: "Retire this number" })).toHaveCount(0);
  expect((await readTrail(number))[0]).toMatchObject({
    action: "number.retired",
    channel: "ui",
    reason: "The shop has closed",
  });
});

test("a number that is on is not retired where two people are needed, and the dialog says why", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ accepts: true, displayPhoneNumber: "+15550001234" });
  const input = { accountId: number.accountId, needsTwoPeople: true, reason: REASON };
  await setTwoPeople(aSystem("account:two-people"), input);
  await loginAs("admin");
  await page.goto(`/numbers/${number.phoneNumberId}`);
  await page.getByRole("button", { name: "Retire this number" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("The shop has closed");
  await dialog.getByLabel(/last four digits/).fill("1234");
  await dialog.getByRole("button", { name: "Retire for good" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Make it phone-only first");
});
