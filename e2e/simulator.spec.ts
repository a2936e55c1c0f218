import type { Page, Request } from "@playwright/test";
import { setFlag } from "#lib/flags/set-flag.ts";
import { SAMPLE_PAYLOADS } from "#sdk/rules.ts";
import { aSystem } from "#testing/factories.ts";
import { expectNoViolations } from "./expect-no-violations.ts";
import { aNumber, expect, returnToPage, type TestNumber, test, untilLoaded } from "./fixtures.ts";

const flip = ({ phoneNumberId }: TestNumber, acceptsBsuid: boolean) =>
  setFlag(aSystem("flag:set"), { phoneNumberId, acceptsBsuid, reason: "A test of the simulator" });

/** A message from a phone-less customer to a number, as Meta sends it. */
function aPayload({ phoneNumberId }: { phoneNumberId: string }, ...texts: string[]) {
  const metadata = { display_phone_number: "15550100199", phone_number_id: phoneNumberId };
  const messages = texts.map((body, at) => ({
    from_user_id: "US.77000000000000000001",
    id: `wamid.${phoneNumberId}.${at}`,
    timestamp: "1790000000",
    type: "text",
    text: { body },
  }));
  const value = { messaging_product: "whatsapp", metadata, messages };
  return { changes: [{ field: "messages", value }] };
}

function inOnePayload(...entries: ReturnType<typeof aPayload>[]): string {
  return JSON.stringify({ object: "whatsapp_business_account", entry: entries }, null, 2);
}

const box = (page: Page) => page.getByLabel("Payload from Meta");
const items = (page: Page) => page.getByRole("region", { name: "What happens" }).locator("ol > li");
const side = (page: Page, name: "Phone-only" | "Accepting") =>
  page.getByRole("figure").filter({ has: page.locator("figcaption", { hasText: name }) });

for (const role of ["account_manager", "auditor"] as const) {
  test(`the role ${role} sees the decision on a phone-less message, off and on`, async ({
    page,
    loginAs,
  }) => {
    await loginAs(role);
    await page.goto("/numbers");
    await page.getByRole("link", { name: "Simulator" }).click();
    await expect(page).toHaveTitle("Simulator · BSUID Console");
    await expect(items(page)).toHaveCount(1);
    await expect(items(page)).toContainText("Phone-less");
    await expect(items(page)).toContainText("Dropped");
    await expect(page.getByText("No webhook: the message is dropped")).toBeVisible();
    await expect(side(page, "Accepting")).toContainText('"userId": "US.40000000000000000001"');
    await expect(side(page, "Accepting")).toContainText('"phoneNumber": ""');

    await page.getByLabel("Accepting", { exact: true }).check();
    await expect(items(page)).toContainText("Accepted");
    await expect(side(page, "Accepting")).toContainText("applies here");
    await expect(page).toHaveURL("/simulator?state=on");
    await page.goBack();
    await expect(page).toHaveURL("/simulator");
    await expect(items(page)).toContainText("Dropped");
  });
}

test("every sample case shows a result, off and on, without an error", async ({
  page,
  loginAs,
}) => {
  const failures: string[] = [];
  page.on("pageerror", ({ message }) => failures.push(message));
  await loginAs("support");
  await page.goto("/simulator?state=off");
  for (const { id, title } of SAMPLE_PAYLOADS) {
    await page.getByLabel("Case").selectOption(title);
    await expect(page).toHaveURL(new RegExp(id === "phone-less" ? "state=off" : `case=${id}`));
    for (const state of ["Accepting", "Phone-only"]) {
      await page.getByLabel(state, { exact: true }).check();
      await expect(items(page).first()).toBeVisible();
    }
  }
  expect(failures).toEqual([]);
});

test("differences between the two webhooks are marked in words, and listed", async ({
  page,
  loginAs,
}) => {
  await loginAs("auditor");
  await page.goto("/simulator?case=phone-and-bsuid");
  await expect(items(page)).toContainText("Accepted");
  await expect(items(page)).toContainText(
    "They differ in sender.id, sender.userId, sender.phoneNumber",
  );
  await expect(side(page, "Phone-only")).toContainText('differs:     "id": "+15550100123"');
  await expect(side(page, "Accepting")).toContainText(
    'differs:     "id": "US.40000000000000000002"',
  );
  await expect(side(page, "Accepting")).not.toContainText('differs:     "name"');
});

test("a batch to several numbers is decided by the current state of each, and follows a flip", async ({
  page,
  loginAs,
}) => {
  const accepting = await aNumber({ accepts: true });
  const phoneOnly = await aNumber();
  const retired = await aNumber({ isRetired: true });
  await loginAs("account_manager");
  await page.goto("/simulator?case=own");
  await expect(page.getByText("never part of a link")).toBeVisible();
  await box(page).fill(
    inOnePayload(
      aPayload(accepting, "one", "two"),
      aPayload(phoneOnly, "three"),
      aPayload(retired, "four"),
      aPayload({ phoneNumberId: "4242" }, "five"),
    ),
  );
  await expect(page.getByText("2 accepted · 3 dropped")).toBeVisible();
  await expect(items(page).filter({ hasText: accepting.label })).toHaveCount(2);
  await expect(items(page).filter({ hasText: phoneOnly.label })).toContainText("Dropped");
  const named = page.getByRole("listitem").filter({ hasText: "4242" }).first();
  await expect(named).toContainText("Not known to the console, so phone-only");
  await expect(page.getByText("Retired, so phone-only")).toBeVisible();

  await flip(phoneOnly, true);
  await returnToPage(page);
  await expect(page.getByText("3 accepted · 2 dropped")).toBeVisible();
  await expect(box(page)).toHaveValue(/"five"/);
});

test("each fault in a payload is shown at its place", async ({ page, loginAs }) => {
  const number = await aNumber({ accepts: true });
  await loginAs("support");
  await page.goto("/simulator?case=own");
  await box(page).fill('{\n  "entry": [\n    1,\n  ]\n}');
  await expect(box(page)).toHaveAccessibleDescription(
    "Line 4, column 3: the comma before “]” has nothing after it. Take it out.",
  );
  await expect(page.getByText("the payload is not JSON yet")).toBeVisible();

  const good = aPayload(number, "first", "second");
  const [first] = good.changes[0]?.value.messages ?? [];
  if (first) first.id = "";
  await box(page).fill(inOnePayload(good));
  await expect(page.getByText("1 accepted · 1 problem")).toBeVisible();
  await expect(items(page).first()).toContainText("The message has no id.");
  await expect(items(page).first()).toContainText("entry[0].changes[0].value.messages[0]");
  await expect(items(page).last()).toContainText("Accepted");
});

test("a link brings back case, number and state; a pasted payload is not in it", async ({
  page,
  context,
  loginAs,
}) => {
  const number = await aNumber({ accepts: true });
  await loginAs("support");
  await page.goto("/simulator");
  await page.getByLabel("Case").selectOption("Message of a customer with a phone and a BSUID");
  await page.getByRole("combobox", { name: "Number" }).fill(number.label);
  await page.getByRole("option", { name: number.label }).click();
  await page.getByLabel("Phone-only", { exact: true }).check();
  await expect(page).toHaveURL(
    `/simulator?case=phone-and-bsuid&number=${number.phoneNumberId}&state=off`,
  );
  await expect(box(page)).toHaveValue(new RegExp(number.phoneNumberId));

  const colleague = await context.newPage();
  await colleague.goto(page.url());
  await expect(colleague.getByRole("combobox", { name: "Number" })).toHaveValue(
    new RegExp(number.label),
  );
  await expect(colleague.getByLabel("Phone-only", { exact: true })).toBeChecked();
  await expect(items(colleague)).toContainText(number.label);
  await expect(side(colleague, "Phone-only")).toContainText("applies here");

  await box(page).press("End");
  await box(page).press("ControlOrMeta+Home");
  await page.keyboard.type(" ");
  await expect(page).toHaveURL(/case=own/);
  expect(page.url()).not.toContain("US.");
  await page.keyboard.type("  ");
  await expect(box(page)).toHaveValue(/^ {3}\{/);
  await page.goBack();
  await expect(page).toHaveURL(/case=phone-and-bsuid/);
  await expect(box(page)).toHaveValue(/^\{/);
});

test("nothing of a payload leaves the browser except its numbers' ids, and none of it is stored", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await loginAs("support");
  await page.goto("/simulator?case=own");
  const requests: Request[] = [];
  page.on("request", (request) => requests.push(request));
  await box(page).fill(inOnePayload(aPayload(number, "a secret of the customer")));
  await expect(items(page)).toContainText(number.label);
  await returnToPage(page);
  await page.getByLabel("Accepting", { exact: true }).check();
  await expect(items(page)).toContainText("Accepted");
  await untilLoaded(page);

  const asked = requests.map((request) => new URL(request.url()));
  expect(asked.map(({ pathname }) => pathname)).toContain("/simulator/numbers");
  expect(asked.find(({ pathname }) => pathname === "/simulator/numbers")?.search).toBe(
    `?id=${number.phoneNumberId}`,
  );
  for (const request of requests) {
    const sent = `${request.url()} ${JSON.stringify(request.headers())} ${request.postData()}`;
    for (const part of ["secret", "US.77", "wamid"]) expect(sent).not.toContain(part);
  }
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  for (const part of ["secret", "US.77", "wamid"]) expect(kept).not.toContain(part);
});

test("a payload of a megabyte stays quick, and shows a part of its messages at a time", async ({
  page,
  context,
  loginAs,
}) => {
  const number = await aNumber();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await loginAs("support");
  await page.goto("/simulator?case=own");
  const text = inOnePayload(aPayload(number, ...Array.from({ length: 5_000 }, () => "hello")));
  expect(text.length).toBeGreaterThan(1_000_000);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await box(page).press("ControlOrMeta+V");
  await expect(page.getByText("5,000 dropped")).toBeVisible();
  await expect(page.getByText("MB, too long to edit here")).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove it" })).toBeFocused();
  await expect(items(page)).toHaveCount(20);
  await page.getByRole("button", { name: "Show 20 more" }).click();
  await expect(page.getByText("40 of 5,000 are shown.")).toBeVisible();

  const before = Date.now();
  await page.getByLabel("Accepting", { exact: true }).check();
  await expect(page.getByText("5,000 accepted")).toBeVisible();
  expect(Date.now() - before).toBeLessThan(2_000);
  await page.getByRole("button", { name: "Remove it" }).press("Enter");
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue("");
});

test("the page says when a number is unknown or the console does not answer", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  await page.goto("/simulator?number=4242");
  await expect(page.getByText("The console has no number 4242, so it is phone-only")).toBeVisible();
  await expect(items(page)).toContainText("Dropped");

  await page.route("**/simulator/numbers?**", (route) => route.abort());
  await page.goto("/simulator?case=own");
  const number = await aNumber({ accepts: true });
  await box(page).fill(inOnePayload(aPayload(number, "one")));
  await expect(page.getByText("Its state could not be read")).toBeVisible();
  await expect(page.getByText("1 undecided")).toBeVisible();
  await page.unroute("**/simulator/numbers?**");
  await page.getByRole("button", { name: "Ask again" }).click();
  await expect(page.getByText("1 accepted")).toBeVisible();
});

test("it works with the keyboard alone", async ({ page, loginAs }) => {
  const number = await aNumber({ accepts: true });
  await loginAs("account_manager");
  await page.goto("/simulator");
  const { keyboard } = page;
  const tabTo = async (what: ReturnType<Page["locator"]>) => {
    while (!(await what.evaluate((element) => element === document.activeElement))) {
      await keyboard.press("Tab");
    }
  };
  const picker = page.getByRole("combobox", { name: "Number" });
  await tabTo(picker);
  await keyboard.type(number.label);
  await expect(page.getByRole("option", { name: number.label })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await expect(page).toHaveURL(`/simulator?number=${number.phoneNumberId}`);
  await expect(items(page)).toContainText("Accepted");
  await tabTo(page.getByLabel("As it is now"));
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await expect(page.getByLabel("Phone-only", { exact: true })).toBeChecked();
  await expect(items(page)).toContainText("Dropped");
  await tabTo(page.locator("summary"));
  await keyboard.press("Enter");
  await expect(side(page, "Accepting")).toBeHidden();
  await keyboard.press("Enter");
  await expect(side(page, "Accepting")).toBeVisible();
});

const answer = (page: Page, name: "Now" | "Once") =>
  page.getByRole("figure").filter({ has: page.locator("figcaption", { hasText: name }) });

test("a request to send shows its answer now, and once BSUIDs can be sent to", async ({
  page,
  loginAs,
}) => {
  await loginAs("auditor");
  await page.goto("/simulator");
  await page.getByLabel("A request to send").check();
  await expect(page).toHaveURL("/simulator?view=send");
  await expect(answer(page, "Now")).toContainText("ERROR_CODE_BSUID_NOT_SUPPORTED");
  await expect(answer(page, "Once")).toContainText('"recipient": "US.40000000000000000001"');

  await page.getByLabel("Case").selectOption("Authentication template to a BSUID");
  await expect(page).toHaveURL("/simulator?view=send&send=template-authentication");
  await expect(answer(page, "Once")).toContainText("ERROR_CODE_AUTH_TEMPLATE_NEEDS_PHONE");
  await page.getByLabel("It is an authentication template").uncheck();
  await expect(answer(page, "Once")).toContainText('"recipient": "US.40000000000000000001"');

  await page.goto("/simulator?view=send&send=campaign");
  await expect(page.getByText("3 recipients: 1 can be sent to now, 2 once")).toBeVisible();
  await expect(page.getByText("entries[2].client lacks its prefix.").first()).toBeVisible();
});

test("a typed request is read as the endpoint reads it, and stays in the browser", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  await page.goto("/simulator?view=send&send=own&endpoint=template");
  await expect(page.getByText("Your own request is never part of a link")).toBeVisible();
  const requests: Request[] = [];
  page.on("request", (request) => requests.push(request));
  const request = page.getByLabel("Request, as JSON");
  await request.fill('{"number": "US.88001", "templateName": "x"}');
  await expect(page.getByText("number lacks its prefix.").first()).toBeVisible();
  await page.getByLabel("Session message", { exact: true }).check();
  await expect(page.getByText("The request has no recipient object.").first()).toBeVisible();
  await request.fill('{"number": ');
  await expect(request).toHaveAccessibleDescription(/Line 1, column 12: the text ends too early/);
  await untilLoaded(page);
  for (const sent of requests) {
    expect(`${sent.url()} ${sent.postData()}`).not.toContain("US.88");
  }
  // Switching to the other view and back: what was typed is still there.
  await page.getByLabel("A webhook from Meta").check();
  await page.getByLabel("A request to send").check();
  await expect(request).toHaveValue('{"number": ');
});

test("the number's page shows its webhooks now and after a flip, and links to the simulator", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber();
  await loginAs("account_manager");
  await page.goto(`/numbers/${number.phoneNumberId}`);
  const webhooks = page.getByRole("region", { name: "Webhooks now and after a flip" });
  const [phoneLess, both] = [
    webhooks.getByRole("listitem").nth(0),
    webhooks.getByRole("listitem").nth(1),
  ];
  await expect(phoneLess).toContainText("Now dropped, no webhook; after a flip accepted");
  await expect(both).toContainText('only now:   "id": "+15550100123"');
  await expect(both).toContainText('only after a flip:   "id": "US.40000000000000000002"');

  await flip(number, true);
  await returnToPage(page);
  await expect(phoneLess).toContainText("Now accepted; after a flip dropped, no webhook");
  await webhooks.getByRole("link", { name: "Try other messages in the simulator" }).click();
  await expect(page).toHaveURL(`/simulator?number=${number.phoneNumberId}`);
  await expect(page.getByRole("combobox", { name: "Number" })).toHaveValue(
    new RegExp(number.label),
  );
  await expect(items(page)).toContainText("Accepted");
});

test("the flag dialog links to the number's webhooks, and keeps what was typed", async ({
  page,
  context,
  loginAs,
}) => {
  const number = await aNumber();
  await loginAs("support");
  await page.goto(`/numbers/${number.phoneNumberId}`);
  await page.getByRole("switch").click();
  await page.getByLabel("Reason").fill("Half a reas");
  const opening = context.waitForEvent("page");
  await page.getByRole("link", { name: "See its webhooks before and after" }).click();
  const simulator = await opening;
  await expect(simulator).toHaveURL(`/simulator?number=${number.phoneNumberId}`);
  await expect(items(simulator)).toContainText(number.label);
  await expect(page.getByLabel("Reason")).toHaveValue("Half a reas");
});

test("the simulator has no accessibility violation, and fits 320 pixels", async ({
  page,
  loginAs,
}) => {
  const number = await aNumber({ name: "AnUncommonlyLongNameWithoutAnySpaceInIt" });
  await loginAs("support");
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  for (const search of [
    "?case=batch",
    "?case=phone-and-bsuid&state=on",
    "?case=failed-to-phone",
    "?case=user-id-update",
    "?case=own",
    "?view=send",
    "?view=send&send=campaign",
    `?number=${number.phoneNumberId}`,
  ]) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`/simulator${search}`);
    await expectNoViolations(page);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await overflow(), search).toBeLessThanOrEqual(0);
  }
  await box(page).fill("{");
  await page.getByRole("combobox", { name: "Number" }).fill(number.label);
  await expect(page.getByRole("option", { name: number.label })).toBeVisible();
  await expectNoViolations(page);
  expect(await overflow()).toBeLessThanOrEqual(0);
});
