import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import { declineRequest } from "#lib/requests/decline-request.ts";
import { anEndpoint, aPerson } from "#testing/factories.ts";
import { aRequest } from "#testing/requests.ts";
import { aColleague, aNumber, expect, test } from "./fixtures.ts";

/** A notice that a number was made phone-only by a roster. */
async function aNotice(personId: string, phoneNumberId: string) {
  const kind = "flag.required";
  await db().notice.create({
    data: { personId, kind, subject: randomUUID(), data: { phoneNumberId } },
  });
}

test("the bell counts what is unread; the page lists it and marks it as read, one by one or all", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("account_manager");
  const numbers = [await aNumber(), await aNumber(), await aNumber()];
  for (const { phoneNumberId } of numbers) await aNotice(colleague.id, phoneNumberId);
  await loginAs(colleague);
  await page.goto("/numbers");
  await page.getByRole("link", { name: "Notices, 3 unread" }).click();
  await expect(page.getByText("3 notices, 3 unread", { exact: true })).toBeVisible();
  const label = numbers[0]?.label ?? "";
  const item = page.getByRole("listitem").filter({ hasText: label });
  await expect(item).toContainText(`${label} was made phone-only, because the roster moved it`);
  await item.getByRole("button", { name: "Mark as read" }).click();
  await expect(page.getByText("3 notices, 2 unread", { exact: true })).toBeVisible();
  await expect(item.getByRole("button")).toBeHidden();
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByText("3 notices", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Notices", exact: true })).toBeVisible();
  await item.getByRole("link", { name: label }).click();
  await expect(page).toHaveURL(`/numbers/${numbers[0]?.phoneNumberId}`);
});

test("an admin gets from the notice that an endpoint was switched off to that endpoint", async ({
  page,
  loginAs,
}) => {
  const admin = await aColleague("admin");
  const { id: subject } = await anEndpoint();
  const data = { personId: admin.id, kind: "webhook.switched_off", subject, data: {} };
  await db().notice.create({ data });
  await loginAs(admin);
  await page.goto("/notices");
  await page.getByRole("link", { name: /^A webhook endpoint was switched off/ }).click();
  await expect(page).toHaveURL(`/webhooks/${subject}`);
});

test("whoever may decide is told within seconds that a request waits, and of its end no more", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("support");
  await loginAs(colleague);
  const request = await aRequest();
  // Other specs open requests meanwhile.
  const where = { personId: colleague.id, subject: request.id };
  const isRead = async () => (await db().notice.findFirst({ where }))?.readAt instanceof Date;
  await expect.poll(() => db().notice.count({ where })).toBe(1);
  await page.goto("/numbers");
  await page.getByRole("link", { name: /^Notices, \d+ unread$/ }).click();
  await expect(page.getByText("asks to change 1 number.").first()).toBeVisible();
  const reason = "Their CRM is not ready";
  await declineRequest(await aPerson("support"), { requestId: request.id, reason });
  await expect.poll(isRead).toBe(true);
  await page.reload();
  await expect(page.getByText("asks to change 1 number: declined.").first()).toBeVisible();
  await expect(page.locator(`main a[href="/requests/${request.id}"]`)).toBeVisible();
});

test("a person without notices is told so, and chooses what to be told", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("account_manager");
  await loginAs(colleague);
  await page.goto("/notices");
  await expect(page.getByRole("heading", { name: "Nothing yet" })).toBeVisible();
  await page.getByRole("link", { name: "your account page" }).click();
  const settings = page.getByRole("region", { name: "What you are told" });
  const failed = settings.getByRole("listitem").filter({ hasText: "changes that failed" });
  await expect(failed).toContainText("Always on");
  await expect(failed.getByRole("checkbox")).toBeHidden();
  const box = settings.getByRole("checkbox", { name: "What became of your requests" });
  await box.press("Space");
  await expect(box).not.toBeChecked();
  const where = { personId: colleague.id };
  await expect.poll(() => db().mutedNotice.count({ where })).toBe(1);
  await page.reload();
  await expect(box).not.toBeChecked();
  await box.check();
  await expect.poll(() => db().mutedNotice.count({ where })).toBe(0);
});

test("times are shown in the zone that a person chose, whatever their browser's is", async ({
  page,
  loginAs,
}) => {
  const colleague = await aColleague("auditor");
  await loginAs(colleague);
  await page.goto("/account");
  const time = page
    .getByRole("region", { name: "Where you are signed in" })
    .locator("time")
    .first();
  await page.getByLabel("Time zone", { exact: true }).selectOption("Australia/Lord_Howe");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Times are shown")).toBeVisible();
  await expect(time).toHaveAttribute("title", /GMT\+1[01]/);
  await page.reload();
  await expect(page.getByLabel("Time zone", { exact: true })).toHaveValue("Australia/Lord_Howe");
  await expect(time).toHaveAttribute("title", /GMT\+1[01]/);
});
