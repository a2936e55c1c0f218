import { createHash, randomInt, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import type { PersonActor } from "#lib/access/actor.ts";
import { verifyOnSchedule } from "#lib/audit/jobs/verify-on-schedule.ts";
import { db } from "#lib/db/client.ts";
import { setFlag } from "#lib/flags/set-flag.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import {
  aNumber,
  asIntruder,
  expect,
  readEnvironment,
  readSigned,
  readTrail,
  type TestNumber,
  test,
} from "./fixtures.ts";

/** Flips a number, and returns the event of it. */
async function flip(
  number: TestNumber,
  {
    actor,
    acceptsBsuid = true,
    reason,
  }: { actor?: PersonActor; acceptsBsuid?: boolean; reason: string },
) {
  const by = actor ?? (await aPerson("support"));
  await setFlag(by, { phoneNumberId: number.phoneNumberId, acceptsBsuid, reason });
  const [event] = await readTrail(number);
  if (!event) throw new Error("The flip has an event.");
  return event;
}

const aPhone = () => `+1555${String(randomInt(1e7)).padStart(7, "0")}`;

/** The button that opens what is known of the trail's integrity. */
const PILL = /^(Verified|Nothing new|Not verified)/;

const entriesOf = (page: Page) =>
  page.getByRole("region", { name: "Entries, newest first" }).locator("ol > li");

/** Opens an entry in place. */
const open = (entry: Locator) => entry.locator("summary").click();

test("an auditor finds who flipped a number, when, why, and with the values before and after", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  const event = await flip(number, { reason: "Their CRM keys on userId now" });
  await loginAs("auditor");
  await page.goto("/numbers");
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Audit");
  await expect(page).toHaveTitle("Audit · BSUID Console");
  await page.getByLabel("Number", { exact: true }).fill(number.phoneNumberId);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/audit?number=${number.phoneNumberId}`);
  await expect(entriesOf(page)).toHaveCount(1);
  const entry = entriesOf(page).first();
  await expect(entry.getByRole("heading")).toContainText(`Pat support turned on ${number.label}`);
  await expect(entry.getByText("Their CRM keys on userId now")).toBeVisible();
  await expect(entry.getByText(event.requestId)).toBeHidden();
  await open(entry);
  await expect(entry.getByText("Phone-only")).toBeVisible();
  await expect(entry.getByText(event.actor.email ?? "no address")).toBeVisible();
  await expect(entry.getByText(event.requestId)).toBeVisible();
  await expect(entry).not.toContainText("{");
  await entry.getByRole("link", { name: number.label }).click();
  await expect(page).toHaveURL(`/numbers/${number.phoneNumberId}`);
  await open(page.getByRole("region", { name: "History" }).getByRole("listitem").first());
  await page.getByRole("link", { name: `Entry ${event.seq}` }).click();
  await expect(page).toHaveURL(`/audit/${event.seq}`);
});

test("entries stand under their days, and a batch of flips is one line that opens to each", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  const sibling = await aNumber({ sibling: number });
  const changes = [number, sibling].map(({ phoneNumberId }) => ({
    phoneNumberId,
    acceptsBsuid: true,
  }));
  const reason = "Both shops read userId";
  const ticketUrl = "https://tickets.test/browse/CRM-4711";
  await setFlags(await aPerson("support"), { changes, reason, ticketUrl });
  const [event] = await readTrail(number);
  await loginAs("auditor");
  await page.goto(`/audit?account=${number.accountId}`);
  const inKathmandu = new Intl.DateTimeFormat("en", {
    ...{ timeZone: "Asia/Kathmandu", weekday: "long", month: "long", day: "numeric" },
  });
  const day = inKathmandu.format(new Date(event?.occurredAt ?? ""));
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(day);
  await expect(entriesOf(page)).toHaveCount(1);
  const batch = entriesOf(page).first();
  await expect(batch.getByRole("heading")).toHaveText(/turned on 2 numbers$/);
  const ticket = batch.getByRole("link", { name: "Ticket: tickets.test/CRM-4711" });
  await expect(ticket).toHaveAttribute("href", ticketUrl);
  await expect(batch.getByText(sibling.label)).toBeHidden();
  await batch.locator("summary").focus();
  await page.keyboard.press("Enter");
  for (const { label } of [number, sibling]) {
    await expect(batch.getByRole("link", { name: label })).toBeVisible();
  }
  await expectNoViolations(page);
  await batch.getByRole("link", { name: `Entry ${event?.seq}` }).click();
  await expect(page.getByRole("article")).toContainText(reason);
  await expect(page.getByRole("article").getByText(ticketUrl)).toBeVisible();
});

test("the address is the state: filters can be shared, undone and cleared", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await flip(number, { reason: "Switched on for the filters" });
  await flip(number, { acceptsBsuid: false, reason: "Switched off for the filters" });
  await loginAs("auditor");
  await page.goto(`/audit?number=${number.phoneNumberId}`);
  await expect(entriesOf(page)).toHaveCount(2);
  await page.getByLabel("What").selectOption("Made phone-only");
  await expect(page).toHaveURL(/action=flag\.disabled/);
  await expect(entriesOf(page)).toHaveCount(1);
  await expect(entriesOf(page)).toContainText("Switched off for the filters");
  await expect(page.getByLabel("Source")).toBeHidden();
  await page.getByText("More filters").click();
  await page.getByLabel("Source").selectOption("Console");
  await expect(page.getByRole("heading", { name: "No entry matches" })).toBeVisible();
  await expect(page.getByRole("button", { name: "JSON Lines" })).toBeVisible();
  await page.getByLabel("Source").selectOption("API");
  await expect(entriesOf(page)).toHaveCount(1);
  await page.getByLabel("Outcome").selectOption("Refused");
  await expect(page.getByRole("heading", { name: "No entry matches" })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("Outcome")).toHaveValue("");
  await expect(entriesOf(page)).toHaveCount(1);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL("/audit");
  await expect(page.getByLabel("Number", { exact: true })).toHaveValue("");
});

test("entries are found by who did it, by account, by phone and by words from the reason", async ({
  page,
  loginAs,
}) => {
  const displayPhoneNumber = aPhone();
  const number = await aNumber({ displayPhoneNumber });
  const sibling = await aNumber({ sibling: number });
  const other = await aNumber();
  const actor = await aPerson("support");
  const word = `word${randomUUID().slice(0, 8)}`;
  await flip(number, { actor, reason: `They asked, said ${word}` });
  await flip(sibling, { actor, reason: "They asked for this one too" });
  await flip(other, { reason: `Another business, same ${word}` });
  await loginAs("auditor");

  for (const [filter, labels] of [
    [`who=${actor.id}`, [sibling.label, number.label]],
    [`account=${number.accountId}`, [sibling.label, number.label]],
    [`reason=${word}`, [other.label, number.label]],
    [`reason=${word}&who=${actor.id}`, [number.label]],
    [`number=${encodeURIComponent(displayPhoneNumber)}`, [number.label]],
    [`number=${encodeURIComponent(sibling.label)}`, [sibling.label]],
  ] as const) {
    await page.goto(`/audit?${filter}`);
    await expect(entriesOf(page), filter).toHaveCount(labels.length);
    for (const [place, label] of labels.entries()) {
      await expect(entriesOf(page).nth(place)).toContainText(label);
    }
  }
  await page.goto(`/audit?reason=${word}`);
  await page.getByLabel("Account").selectOption(other.accountName);
  await expect(entriesOf(page)).toHaveCount(1);
  await expect(page.getByLabel("Reason contains")).toHaveValue(word);
  await page.getByLabel("Who", { exact: true }).selectOption(actor.id);
  await expect(page.getByRole("heading", { name: "No entry matches" })).toBeVisible();

  await page.goto("/audit?number=test");
  await expect(page.getByRole("heading", { name: "Several numbers match" })).toBeVisible();
});

test("times are in the person's time zone, and a colleague elsewhere sees the same entries", async ({
  page,
  browser,
  loginAs,
}) => {
  const number = await aNumber();
  const event = await flip(number, { reason: "At a time of the day" });
  const minute = new Date(Math.floor(Date.parse(event.occurredAt) / 60_000) * 60_000);
  const kathmandu = (date: Date) =>
    new Date(date.getTime() + (5 * 60 + 45) * 60_000).toISOString().slice(0, 16);
  await loginAs("auditor");
  await page.goto(`/audit?number=${number.phoneNumberId}`);
  await page.getByText("More filters").click();
  await page.getByLabel("From").fill(kathmandu(minute));
  // The minute that is entered is included.
  await page.getByLabel("Until").fill(kathmandu(minute));
  await expect(page.getByLabel("Until")).toHaveAccessibleDescription(/Times in Asia\/Kat/);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(new RegExp(`from=${encodeURIComponent(minute.toISOString())}`));
  await expect(entriesOf(page)).toHaveCount(1);
  await expect(page.getByLabel("From")).toHaveValue(kathmandu(minute));
  await page.getByLabel("Until").fill(kathmandu(new Date(minute.getTime() - 60_000)));
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("heading", { name: "These times cannot be used" })).toBeVisible();
  await page.goBack();

  // On a first visit, when the console does not know the time zone yet.
  const elsewhere = await browser.newPage({
    timezoneId: "Asia/Tokyo",
    baseURL: new URL(page.url()).origin,
  });
  await loginAs("support", elsewhere);
  await elsewhere.goto(page.url());
  await expect(entriesOf(elsewhere)).toHaveCount(1);
  const inTokyo = new Date(minute.getTime() + 9 * 3_600_000).toISOString().slice(0, 16);
  await expect(elsewhere.getByLabel("From")).toHaveValue(inTokyo);
  await elsewhere.close();
});

test("the days of a preset are whole days of the reader, and the other filters stay", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await flip(number, { reason: "Today, wherever that is" });
  await loginAs("auditor");
  await page.goto(`/audit?number=${number.phoneNumberId}`);
  const days = page.getByRole("group", { name: "Days" });
  await days.getByRole("link", { name: "Yesterday" }).click();
  await expect(page.getByRole("heading", { name: "No entry matches" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`number=${number.phoneNumberId}`));
  await expect(page.getByLabel("From")).toHaveValue(/T00:00$/);
  await expect(page.getByLabel("Until")).toHaveValue(/T23:59$/);
  for (const name of ["Last 7 days", "Today"]) {
    await days.getByRole("link", { name }).click();
    await expect(entriesOf(page)).toHaveCount(1);
    await expect(days.locator("[aria-current]")).toHaveText(name);
  }
  await expectNoViolations(page);
  await page.goBack();
  await expect(days.locator("[aria-current]")).toHaveText("Last 7 days");
});

test("pages stay as they are while new entries arrive", async ({ page, loginAs }) => {
  const number = await aNumber();
  for (let change = 1; change <= 60; change += 1) {
    await flip(number, { acceptsBsuid: change % 2 === 1, reason: `Change number ${change}.` });
  }
  await loginAs("auditor");
  await page.goto(`/audit?number=${number.phoneNumberId}`);
  await expect(entriesOf(page)).toHaveCount(50);
  await expect(entriesOf(page).first()).toContainText("Change number 60.");
  const older = page.getByRole("link", { name: "Older" });
  await older.click();
  await expect(entriesOf(page)).toHaveCount(10);
  await flip(number, { reason: "Change number 61." });
  await page.reload();
  await expect(entriesOf(page).first()).toContainText("Change number 10.");
  await expect(entriesOf(page).last()).toContainText("Change number 1.");
  await expect(older).toBeHidden();
  await page.getByRole("link", { name: "Back to the newest" }).click();
  await expect(entriesOf(page).first()).toContainText("Change number 61.");
});

test("an entry has a page of its own: identifiers, neighbours, and whether it is verified", async ({
  page,
  context,
  loginAs,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const number = await aNumber();
  const event = await flip(number, { reason: "An entry to link to" });
  await flip(number, { acceptsBsuid: false, reason: "The entry after it" });
  await loginAs("auditor");
  await page.goto(`/audit/${event.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Entry ${event.seq}`);
  await expect(page.getByRole("region", { name: "Integrity" })).toContainText(
    "Verified: its content matches its hash",
  );
  await expect(page.getByRole("region", { name: "Identifiers" })).toContainText(event.hash);
  await expect(page.getByRole("region", { name: "Identifiers" })).toContainText(event.prevHash);
  const next = page.getByRole("link", { name: `Entry ${event.seq + 1}` });
  await expect(next).toBeVisible();
  await expect(page.getByText('"prevHash"')).toBeHidden();
  await page.getByText("As JSON").click();
  await page.getByRole("button", { name: "Copy the JSON" }).click();
  await expect(page.getByText("Copied")).toBeAttached();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toEqual(await readSigned(event));
  await next.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Entry ${event.seq + 1}`);
});

test("the trail and the entry's own page show an edited entry in red", async ({
  page,
  loginAs,
}) => {
  const state = page.getByRole("region", { name: "Integrity" });
  const number = await aNumber();
  const event = await flip(number, { reason: "As it was written" });
  const setReason = (reason: string | null) =>
    asIntruder("UPDATE audit_event SET reason = $1 WHERE seq = $2", [reason, event.seq]);
  await loginAs("auditor");
  await setReason("As somebody wants it");
  try {
    await verify();
    await page.goto("/audit");
    await expect(state.getByRole("alert")).toContainText(
      `Verification failed: entry ${event.seq} is the first that is wrong`,
    );
    await expect(state).toContainText("its content does not give its hash");
    await expectNoViolations(page);
    await state.getByRole("link", { name: "that entry" }).click();
    await expect(page).toHaveURL(`/audit/${event.seq}`);
    await expect(state.getByRole("alert")).toContainText("Its content does not match its hash");
    await expectNoViolations(page);
    await page.goto(`/audit/${event.seq - 1}`);
    await expect(state).toContainText("Verified: its content matches its hash");
  } finally {
    await setReason(event.reason);
    await verify();
  }
  await page.goto(`/audit/${event.seq}`);
  await expect(state).toContainText("Verified: its content matches its hash");
  await page.goto("/audit");
  await expect(state).toBeHidden();
  const sheet = page.getByRole("dialog", { name: "Integrity" });
  await expect(sheet).toBeHidden();
  await page.getByRole("button", { name: /^Verified/ }).press("Enter");
  await expect(sheet).toContainText(/Verified up to entry \d+,/);
  await expect(sheet).toContainText(/signed .* with the key [0-9a-f]{16}/);
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("button", { name: /^Verified/ })).toBeFocused();
});

/** Verifies the trail, as the console does each day. */
async function verify(): Promise<void> {
  const keeper = aSystem("audit:keep", "audit:read");
  await expect.poll(() => verifyOnSchedule(keeper)).not.toBeNull();
}

for (const which of ["0", "999999999999", "not-an-entry", "%00"]) {
  test(`an unknown entry shows a message: ${which}`, async ({ page, loginAs }) => {
    await loginAs("auditor");
    const response = await page.goto(`/audit/${which}`);
    expect(response?.status()).toBe(404);
    await page.getByRole("link", { name: "Go to the trail" }).click();
    await expect(page).toHaveURL("/audit");
  });
}

for (const [what, path] of [
  ["page", "/audit?before=nowhere"],
  ["account", "/audit?account=acme"],
  ["action", "/audit?action=flag.enable"],
  ["source", "/audit?channel=pigeon"],
  ["person", "/audit?who=nobody"],
]) {
  test(`a link with an invalid ${what} shows a message`, async ({ page, loginAs }) => {
    await loginAs("auditor");
    await page.goto(path ?? "");
    await expect(page.getByRole("heading", { name: "This link is incomplete" })).toBeVisible();
    await page.getByRole("link", { name: "Start from the newest entries" }).click();
    await expect(entriesOf(page).first()).toBeVisible();
  });
}

test("a link with an invalid time shows a message", async ({ page, loginAs }) => {
  await loginAs("auditor");
  await page.goto("/audit?from=yesterday");
  await expect(page.getByRole("heading", { name: "These times cannot be used" })).toBeVisible();
});

test("words that cannot be searched stay in the field, to be corrected", async ({
  page,
  loginAs,
}) => {
  await loginAs("auditor");
  await page.goto("/audit?reason=a*");
  const heading = page.getByRole("heading", { name: "These words cannot be searched for" });
  await expect(heading).toBeVisible();
  await expect(page.getByLabel("Reason contains")).toHaveValue("a*");
});

test("an account manager is refused the trail, and learns nothing of it", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  const event = await flip(number, { reason: "Nothing for everybody's eyes" });
  await loginAs("account_manager");
  await page.goto("/numbers");
  await expect(page.getByRole("link", { name: "Audit" })).toBeHidden();
  for (const path of ["/audit", `/audit?number=${number.phoneNumberId}`, `/audit/${event.seq}`]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(403);
    expect(await response?.text()).not.toContain("Nothing for everybody");
    expect(await response?.text()).not.toContain(event.hash);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "This page is not for your role",
    );
  }
  expect((await page.goto("/audit/999999999999"))?.status()).toBe(403);
  await page.goto(`/numbers/${number.phoneNumberId}`);
  await expect(page.getByText("Nothing for everybody's eyes")).toBeVisible();
  const history = page.getByRole("region", { name: "History" });
  await open(history.getByRole("listitem").first());
  await expect(history.getByText(event.requestId)).toBeVisible();
  await expect(page.getByRole("link", { name: `Entry ${event.seq}` })).toBeHidden();
});

test("without a session the page leads to the sign-in, and back to the same entries", async ({
  page,
}) => {
  await page.goto("/audit?action=flag.enabled");
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent("/audit?action=flag.enabled")}`);
});

test("filters work with the keyboard alone, and keep the focus", async ({ page, loginAs }) => {
  const number = await aNumber();
  await flip(number, { reason: "Found without a mouse" });
  await loginAs("auditor");
  await page.goto("/audit");
  await page.getByLabel("What").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Number", { exact: true })).toBeFocused();
  await page.keyboard.type(number.phoneNumberId);
  await page.keyboard.press("Enter");
  await expect(entriesOf(page)).toHaveCount(1);
  await expect(page.getByLabel("Number", { exact: true })).toBeFocused();
  await expectNoViolations(page);
});

test("no state of the trail has an accessibility violation", async ({ page, loginAs }) => {
  const number = await aNumber();
  const event = await flip(number, { reason: "For the accessibility test" });
  await loginAs("auditor");
  for (const path of [
    `/audit?number=${number.phoneNumberId}`,
    "/audit?number=999",
    "/audit?from=yesterday",
    `/audit/${event.seq}`,
    "/audit/0",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoViolations(page);
    if (!path.startsWith("/audit?number=1")) continue;
    await open(entriesOf(page).first());
    await expectNoViolations(page);
  }
});

test.describe("320 pixels wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("no state of the trail scrolls sideways", async ({ page, loginAs }) => {
    const number = await aNumber({ name: "AnUncommonlyLongNameWithoutAnySpaceInIt" });
    const event = await flip(number, { reason: "AReasonThatIsOneVeryLongWord".repeat(5) });
    await loginAs("auditor");
    const paths = [`/audit?number=${number.phoneNumberId}`, "/audit", `/audit/${event.seq}`];
    for (const path of paths) {
      await page.goto(path);
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(await overflow(), path).toBeLessThanOrEqual(0);
      if (!path.startsWith("/audit?")) continue;
      await open(entriesOf(page).first());
      expect(await overflow(), `${path}, open`).toBeLessThanOrEqual(0);
    }
    await page.getByText("As JSON").click();
    await expect(page.getByText('"prevHash"')).toBeVisible();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
  });
});

test("only the filtered entries are downloaded, and the download is in the trail", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  const first = await flip(number, { reason: 'Said "yes", and\nmeant =yes' });
  const second = await flip(number, { acceptsBsuid: false, reason: "+44 20 7946 0000 asked" });
  await loginAs("auditor");
  await page.goto(`/audit?number=${number.phoneNumberId}`);
  const lines = await download(page, "JSON Lines", /^audit-to-\d+\.jsonl$/);
  const objects = lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(objects.slice(0, -1)).toEqual([await readSigned(first), await readSigned(second)]);
  expect(objects.at(-1)).toMatchObject({
    manifest: { count: 2, firstSeq: first.seq, lastSeq: second.seq },
  });
  const csv = await download(page, "CSV", /^audit-to-\d+\.csv$/);
  expect(csv).toContain(first.hash);
  expect(csv).toContain(second.hash);
  expect(csv.match(/[0-9a-f]{64}/g)?.length).toBe(4);

  await page.goto("/audit?action=audit.exported");
  const entry = entriesOf(page).first();
  await expect(entry).toContainText("exported");
  await open(entry);
  await expect(entry.getByText(number.phoneNumberId)).toBeVisible();
});

async function download(page: Page, format: string, name: RegExp): Promise<string> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: format }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(name);
  return await readFile(await file.path(), "utf8");
}

test("neither another site's page nor a person without the permission can start an export", async ({
  page,
  loginAs,
}) => {
  const form = { format: "jsonl" };
  await loginAs("auditor");
  const foreign = await page.request.post("/audit/export", {
    form,
    headers: { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" },
  });
  expect(foreign.status()).toBe(403);
  expect((await page.request.get("/audit/export")).status()).toBe(405);
  const forNobody = await page.request.post("/audit/export", { form, maxRedirects: 0 });
  expect(forNobody.headers().location, "not said whose page it is").toBe("/audit?problem=export");
  await page.context().clearCookies();
  for (const role of [null, "account_manager"] as const) {
    if (role) await loginAs(role);
    const response = await page.request.post("/audit/export", { form, maxRedirects: 0 });
    expect([response.status(), response.headers().location]).toEqual([
      303,
      "/audit?problem=export",
    ]);
    expect(await response.text()).toBe("");
  }
});

test("a failed export shows a message and the same filters", async ({ page, loginAs }) => {
  const number = await aNumber();
  await flip(number, { reason: "An export that fails" });
  await loginAs("auditor");
  await page.goto(`/audit?number=${number.phoneNumberId}`);
  await page.getByRole("button", { name: "CSV" }).evaluate((button) => {
    button.setAttribute("value", "pdf");
  });
  await page.getByRole("button", { name: "CSV" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The export failed" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`number=${number.phoneNumberId}`));
  await expect(entriesOf(page)).toHaveCount(1);
  await expectNoViolations(page);
});

test("the verifier is downloaded with the command that checks an export by it", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await flip(number, { reason: "To be verified elsewhere" });
  await loginAs("auditor");
  await page.goto(`/audit?number=${number.phoneNumberId}`);
  const file = await readFile("docs/verify-export.mjs", "utf8");
  await page.getByRole("button", { name: PILL }).click();
  const sheet = page.getByRole("dialog", { name: "Integrity" });
  const coming = page.waitForEvent("download");
  await sheet.getByRole("link", { name: "Download verifier" }).click();
  const verifier = await coming;
  expect(verifier.suggestedFilename()).toBe("verify-export.mjs");
  expect(await readFile(await verifier.path(), "utf8")).toBe(file);
  const command = (await sheet.getByRole("code").textContent()) ?? "";
  const [, key = ""] = /^node verify-export\.mjs audit\.jsonl ([\w+/=]+)$/.exec(command) ?? [];
  await page.keyboard.press("Escape");
  const exported = await download(page, "JSON Lines", /^audit-to-\d+\.jsonl$/);
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex");
  expect(JSON.parse(exported.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
    manifest: { head: { keyId: digest.slice(0, 16) } },
  });
});

test("the page follows a verification that somebody else started, and can start another", async ({
  page,
  loginAs,
}) => {
  const { id, name } = await aPerson("admin");
  const asIfRunning = () =>
    db().auditVerificationRun.updateMany({
      where: { endedAt: { not: null } },
      data: {
        ...{ runId: randomUUID(), askedById: id, begunAt: new Date(), seenAt: new Date() },
        ...{ entriesRead: 4_000n, ofEntries: 9_168n, endedAt: null, failure: null },
      },
    });
  await expect.poll(async () => (await asIfRunning()).count).toBe(1);
  await loginAs("auditor");
  await page.goto("/audit");
  await page.getByRole("button", { name: PILL }).click();
  const state = page.getByRole("dialog", { name: "Integrity" });
  await expect(state).toContainText(`The verification that ${name} asked for began`);
  await expect(state).toContainText("4,000 of 9,168 entries read");
  await expect(state.getByRole("progressbar", { name: "Entries read" })).toBeVisible();
  const underWay = state.getByRole("button", { name: "Being verified…" });
  await expect(underWay).toHaveAttribute("aria-disabled", "true");
  await db().auditVerificationRun.updateMany({
    where: { askedById: id },
    data: { endedAt: new Date(), failure: "stopped" },
  });
  await expect(state).not.toContainText("4,000 of 9,168");
  const { people } = readEnvironment();
  const email = people.find(({ role }) => role === "auditor")?.email ?? "";
  const auditor = await db().person.findUniqueOrThrow({ where: { email } });
  await expect(async () => {
    await state.getByRole("button", { name: "Verify now" }).press("Enter", { timeout: 5_000 });
    await expect(state).toContainText(`${auditor.name} asked for it`, { timeout: 10_000 });
  }).toPass();
  await expect(state.getByRole("button", { name: "Verify now" })).toBeFocused();
  await expect(state.getByRole("progressbar")).toBeHidden();
});
