import { db } from "#lib/db/client.ts";
import { declineRequest } from "#lib/requests/decline-request.ts";
import { aPerson } from "#testing/factories.ts";
import { aForcedChange, anAccountManager, aRequest } from "#testing/requests.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import { aColleague, aNumber, expect, readTrail, test } from "./fixtures.ts";

const REASON = "Acme's CRM keys on userId now";

/** A number of an account that this colleague manages. */
async function aNumberOf(managerId: string) {
  const number = await aNumber();
  await db().account.update({ where: { id: number.accountId }, data: { managerId } });
  return number;
}

test("an account manager asks for a number of theirs, and support declines with words", async ({
  page,
  loginAs,
}) => {
  const manager = await aColleague("account_manager");
  const support = await aColleague("support");
  const number = await aNumberOf(manager.id);
  await loginAs(manager);
  await page.goto(`/numbers/${number.phoneNumberId}`);
  await page.getByRole("link", { name: "Ask to turn it on" }).click();
  await expect(page.getByRole("heading", { name: "Ask for a change" })).toBeVisible();
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByText("Write at least 5 characters")).toBeVisible();
  await page.getByLabel("Reason").fill(REASON);
  await page.getByLabel("Their CRM keys on userId").check();
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByText("This is your own request")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Withdraw" })).toBeVisible();

  await loginAs(support);
  await page.goto("/requests");
  await page.getByRole("link", { name: `Turn on ${number.label}` }).click();
  await expect(page.locator("dl").getByText("Their CRM keys on userId")).toBeVisible();
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByText("What whoever asked should know.")).toBeVisible();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Their bots still need a phone");
  await dialog.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByText("Words: Their bots still need a phone")).toBeVisible();
});

test("a declined request is asked again as it was", async ({ page, loginAs }) => {
  const support = await aColleague("support");
  const { phoneNumberId } = await aNumber();
  const by = await aPerson("support");
  const { id: requestId } = await aRequest({ by, numbers: [phoneNumberId] });
  await declineRequest(await aPerson("admin"), { requestId, reason: REASON });
  await loginAs(support);
  await page.goto(`/requests/${requestId}`);
  await page.getByRole("link", { name: "Ask again" }).click();
  await expect(page.getByLabel("Reason")).toHaveValue("A test asks for it");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByText("This is your own request")).toBeVisible();
});

test("support approves, and the trail names both people", async ({ page, loginAs }) => {
  const { manager, phoneNumberId } = await anAccountManager();
  const support = await aColleague("support");
  const { id } = await aRequest({ by: manager, numbers: [phoneNumberId] });
  const dialog = page.getByRole("dialog");
  await loginAs(support);
  await page.goto(`/requests/${id}`);
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(dialog).toContainText("1 number changes at once");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("The request was approved, and took effect.")).toBeVisible();
  await expect(page.getByText("Changed since it was asked for")).toBeHidden();
  await expect(page.getByRole("link", { name: "Ask again" })).toBeHidden();
  await expect(page.getByRole("heading", { name: `${support.name} approved` })).toBeVisible();
  const [flip] = await readTrail({ phoneNumberId, label: "", accountId: "", accountName: "" });
  expect(flip).toMatchObject({
    action: "flag.enabled",
    channel: "request",
    actor: { name: support.name },
    onBehalfOf: { name: manager.name },
    reason: "A test asks for it",
  });
});

test("numbers are added by search, and what else waits for them is shown", async ({
  page,
  loginAs,
}) => {
  const support = await aColleague("support");
  const [one, other] = [await aNumber(), await aNumber()];
  await loginAs(support);
  await page.goto(`/requests/new?number=${one.phoneNumberId}`);
  await page.getByLabel("Reason").fill(REASON);
  await page.getByRole("searchbox").fill(other.label);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: `Add ${other.label}` }).click();
  await expect(page.getByRole("link", { name: `Remove ${other.label}` })).toBeVisible();
  await expect(page.getByLabel("Reason")).toHaveValue(REASON);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Turn on 2 numbers");
  await page.goto(`/requests/new?number=${one.phoneNumberId}`);
  await expect(page.getByText("Also waiting for these numbers")).toBeVisible();
});

test("an admin changes a number without a second person, with a reason of its own, and it waits for review", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  const { accountId: id, phoneNumberId } = number;
  await requireTwoPeople(id);
  await loginAs("admin");
  await page.goto(`/numbers/${phoneNumberId}`);
  await page.getByRole("button", { name: "Turn on without a second person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByLabel("Why it cannot wait for a second person").fill("Nobody is on duty");
  await dialog.getByRole("button", { name: "Change it now" }).click();
  await expect(page.getByText("was changed without a second person")).toBeVisible();
  const [flip] = await readTrail(number);
  expect(flip).toMatchObject({ action: "flag.enabled", reason: REASON });
  await page.reload();
  await expect(page.getByText("Changed without a second person: Nobody is on duty")).toBeVisible();
  await page.goto("/requests/forced");
  await expect(page.getByRole("listitem").filter({ hasText: number.label })).toContainText(
    "Nobody is on duty",
  );
});

test("where two people are needed, the switch asks, and says so before", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await requireTwoPeople(number.accountId);
  await loginAs("support");
  await page.goto(`/numbers?q=${number.label}`);
  await page.getByRole("switch", { name: number.label }).click();
  const dialog = page.getByRole("dialog", { name: "Ask to turn on BSUID acceptance?" });
  await expect(dialog).toContainText("nothing changes until somebody else approves it");
  await expect(dialog).toContainText("What happens once somebody approves it");
  await dialog.getByLabel("Reason").fill(REASON);
  await dialog.getByRole("button", { name: `Ask to turn on ${number.label}` }).click();
  await page.getByRole("link", { name: "Open the request" }).click();
  await expect(page.getByText("This is your own request")).toBeVisible();
  await page.getByRole("link", { name: number.label, exact: true }).click();
  await expect(page.getByText("Its account needs two people: a change is a request")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Waiting for this number" })).toBeVisible();
  await page.getByRole("link", { name: `Turn on ${number.label}` }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
});

test("several numbers are found by a pasted mail, added at once, and removed, by keyboard", async ({
  page,
  loginAs,
}) => {
  const one = await aNumber({ displayPhoneNumber: "+5511987650001" });
  const other = await aNumber({ displayPhoneNumber: "+5511987650002" });
  await loginAs("support");
  await page.goto("/requests/new");
  await page
    .getByRole("searchbox")
    .fill(`${"Dear all, ".repeat(30)} 11 98765-0001 and 11 98765-0002`);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: `Add ${one.label}` }).waitFor();
  await page.getByRole("link", { name: "Add all 2 found" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await expect(page.getByText("No other number in service matches.")).toBeVisible();
  await page.getByRole("link", { name: `Remove ${other.label}` }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Numbers", exact: true })).toBeFocused();
  await expect(page.getByRole("link", { name: `Add ${other.label}` })).toBeVisible();
});

test("a forced change is listed until another admin has reviewed it", async ({ page, loginAs }) => {
  const batchId = await aForcedChange();
  const { display } = await db().forcedChange.findUniqueOrThrow({ where: { batchId } });
  await loginAs("admin");
  await page.goto("/requests/forced");
  const item = page.getByRole("listitem").filter({ hasText: display });
  await item.getByRole("button", { name: "Review" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("It was right to act at once");
  await dialog.getByRole("button", { name: "Mark as reviewed" }).click();
  await expect(item).toContainText("It was right to act at once");
  await expect(item.getByRole("button")).toBeHidden();
});
