import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { db } from "#lib/db/client.ts";
import { anEndpoint } from "#testing/factories.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { expect, expectNoSidewaysScroll, readEventsOf, test } from "./fixtures.ts";

/** Nobody has this name, so that nothing is sent anywhere. */
const aUrl = () => `https://${randomUUID()}.invalid/bsuid`;

const idOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1) ?? "";

test("an admin adds an endpoint, tries it, changes it, rotates its secret and deletes it", async ({
  page,
  loginAs,
}) => {
  const url = aUrl();
  await loginAs("admin");
  await page.goto("/numbers");
  await page.getByRole("link", { name: "Webhooks" }).click();
  await expect(page).toHaveTitle("Webhooks · BSUID Console");
  await page.getByRole("button", { name: "Add endpoint" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill("http://hooks.example.com");
  await dialog.getByRole("button", { name: "Add endpoint" }).click();
  await expect(dialog.getByText("Write an address that starts with https://.")).toBeVisible();
  await expect(dialog.getByText("Choose at least one.")).toBeVisible();
  await dialog.getByLabel("Address").fill("https://127.0.0.1/");
  await dialog.getByLabel(/^flag\.changed/).check();
  await dialog.getByRole("button", { name: "Add endpoint" }).click();
  await expect(dialog.getByRole("alert")).toContainText("127.0.0.1 is not a public address");
  await dialog.getByLabel("Address").fill(url);
  await dialog.getByRole("button", { name: "Add endpoint" }).click();
  const secret = await dialog.getByLabel("Secret of the endpoint").inputValue();
  expect(secret).toMatch(/^whsec_/);
  await dialog.getByRole("button", { name: "Done" }).click();

  await page.getByRole("link", { name: url }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(url);
  const endpointId = idOf(page);
  await page.getByRole("button", { name: "Send a test" }).click();
  const sent = page.getByRole("row", { name: "webhook.test" });
  await expect(sent).toContainText("Its host was not found");

  await page.getByRole("button", { name: "Change" }).click();
  await dialog.getByLabel("Send webhooks to it").uncheck();
  await dialog.getByLabel(/^flag\.batch/).check();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("The endpoint was changed")).toBeVisible();
  await expect(page.getByText("Switched off", { exact: true })).toBeVisible();
  await expect(page.getByText("flag.changed, flag.batch")).toBeVisible();

  await page.getByRole("button", { name: "Rotate secret" }).click();
  await dialog.getByRole("button", { name: "Rotate secret" }).click();
  expect(await dialog.getByLabel("Secret of the endpoint").inputValue()).not.toBe(secret);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Former secret also signs until")).toBeVisible();

  await page.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL("/webhooks");
  await expect(page.getByRole("link", { name: url })).toBeHidden();
  const events = await readEventsOf(endpointId);
  expect(events.map(({ action }) => action)).toEqual([
    "webhook.created",
    "webhook.tested",
    "webhook.updated",
    "webhook.rotated",
    "webhook.deleted",
  ]);
  expect(JSON.stringify(events)).not.toContain(secret);
});

test("the log shows what failed and why, and sends it again; it fits 320 pixels", async ({
  page,
  loginAs,
}) => {
  // Of an event that no other test makes, so that nothing else is sent to it meanwhile.
  const { id: endpointId } = await anEndpoint({ url: aUrl(), events: ["audit.broken"] });
  const now = new Date();
  const times = { happenedAt: now, nextTryAt: now };
  const failed = { endpointId, type: "flag.changed", data: { seq: 7 }, state: "failed", ...times };
  const { id: deliveryId } = await db().webhookDelivery.create({ data: failed });
  const attempt = { deliveryId, beganAt: now, tookMs: 12, status: 500, failure: "status" };
  await db().webhookAttempt.create({ data: attempt });
  await loginAs("admin");
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`/webhooks/${endpointId}`);
  const row = page.getByRole("row", { name: "flag.changed" });
  await expect(row).toContainText("Answered 500 in 12 ms");
  await row.getByText("Content").click();
  await expect(row).toContainText('{"seq":7}');
  await expectNoSidewaysScroll(page);
  await expectNoViolations(page);
  for (const opener of ["Change", "Rotate secret", "Delete"]) {
    await page.getByRole("button", { name: opener, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: opener, exact: true })).toBeFocused();
  }
  await row.getByRole("button", { name: /^Send again: flag.changed/ }).click();
  await expect(row).toContainText(/Waiting|Its host was not found/);
  expect((await readEventsOf(endpointId)).at(-1)).toMatchObject({
    action: "webhook.replayed",
    after: { deliveryId },
  });
});
