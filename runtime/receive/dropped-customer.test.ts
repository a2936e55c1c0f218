import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { aBusiness, readFlags } from "../testing/a-business.ts";
import {
  aMessage,
  aNotice,
  aPayload,
  aPhoneLess,
  aToken,
  aWamid,
  wamidOf,
} from "../testing/payloads.ts";
import { readFolder } from "../testing/read-folder.ts";
import { until } from "../testing/until.ts";

const OFF = "300000000000001";

test("nothing that identifies a dropped customer is on disk, in the list or in the log", async () => {
  const { runtime, settings } = await aBusiness();
  const customer = { ...aPhoneLess(), name: "Marked Name" };
  const token = aToken();
  const id = wamidOf(customer.bsuid, token);
  const unknownForm = `${aWamid()}-${customer.bsuid}`;
  const payload = aPayload(
    aMessage({ to: OFF, from: customer, id, text: "marked words" }),
    aMessage({ to: OFF, from: customer, id: unknownForm, text: "marked words" }),
  );
  for (const _ of ["sent", "repeated"]) expect((await runtime.post(payload)).status).toBe(200);
  const items = await runtime.deliveries();
  expect(items.map(({ kind }) => kind)).toEqual(["drop", "drop"]);
  const marks = [customer.bsuid, customer.name, "marked words", token, id, id.slice(6, 40)];
  const check = () => {
    const kept = readFolder(settings.RUNTIME_DATA_DIR);
    for (const mark of [...marks, unknownForm]) {
      expect(kept.includes(mark), mark).toBe(false);
      expect(JSON.stringify(items)).not.toContain(mark);
      expect(runtime.log()).not.toContain(mark);
    }
  };
  check();
  await runtime.kill();
  check();
});

test("of an unreadable message of a dropped customer the pseudonym is kept, and of an error the text without ids", async () => {
  const { runtime, settings } = await aBusiness();
  const { bsuid } = aPhoneLess();
  const ids = Array.from({ length: 3 }, () => wamidOf(bsuid, aToken()));
  const [unreadable = "", notice = "", refused = ""] = ids;
  const metadata = { display_phone_number: "15550100199", phone_number_id: OFF };
  const system = { type: "user_changed_user_id", previous_user_id: bsuid };
  const messages = [
    { id: unreadable, from_user_id: bsuid, type: "text" },
    { id: notice, timestamp: "1790000000", type: "system", system },
    { id: refused, timestamp: "1790000000", type: "text", from: "unknown", from_user_id: bsuid },
  ];
  const errors = [{ code: 131000, title: `Nothing for ${bsuid}` }];
  const value = { metadata, messages, errors };
  await runtime.post(aPayload({ field: "messages", value }));
  const items = await runtime.deliveries();
  expect(items.map(({ kind }) => kind)).toEqual(["refused", "refused", "refused", "refused"]);
  for (const messageId of ids) expect(await runtime.deliveries({ messageId })).toHaveLength(1);
  const kept = readFolder(settings.RUNTIME_DATA_DIR);
  for (const mark of [bsuid, ...ids.map((id) => id.slice(6, 40))]) {
    expect(kept.includes(mark), mark).toBe(false);
    expect(JSON.stringify(items)).not.toContain(mark);
    expect(runtime.log()).not.toContain(mark);
  }
});

test("a dropped message is found by either of its wamids, and by its pseudonym", async () => {
  const { runtime } = await aBusiness();
  const customer = aPhoneLess();
  const token = aToken();
  const [ofBsuid, ofPhone] = [wamidOf(customer.bsuid, token), wamidOf("15550100123", token)];
  const another = aMessage({ to: OFF, from: aPhoneLess(), id: wamidOf("US.1", aToken()) });
  await runtime.post(aPayload(aMessage({ to: OFF, from: customer, id: ofBsuid }), another));
  const [drop] = await runtime.deliveries({ messageId: ofBsuid });
  expect(drop).toMatchObject({ kind: "drop", phoneNumberId: OFF, case: "phone_less" });
  for (const messageId of [ofPhone, drop?.messageId ?? ""])
    expect(await runtime.deliveries({ messageId })).toEqual([drop]);
  expect(await runtime.deliveries({ messageId: wamidOf(customer.bsuid, aToken()) })).toEqual([]);
});

test("a dropped message stays dropped when it comes again with its other wamid, also after a flip and a restart", async () => {
  const { console, receiver, runtime, restart } = await aBusiness();
  const customer = aPhoneLess();
  const phone = `1555${randomInt(1e6, 1e7)}`;
  const token = aToken();
  const first = aMessage({ to: OFF, from: customer, id: wamidOf(customer.bsuid, token) });
  const again = aMessage({
    to: OFF,
    from: { ...customer, phone },
    id: wamidOf(phone, token),
  });
  await runtime.post(aPayload(first));
  await runtime.post(aPayload(again));
  console.flip(OFF, true);
  await until(async () => (await readFlags(runtime.url)).cursor === console.flags.cursor);
  await runtime.post(aPayload(first, again));
  await runtime.stop();
  const next = await restart();
  await next.post(aPayload(again, first));
  expect((await next.deliveries()).map(({ kind }) => kind)).toEqual(["drop"]);
  expect(receiver.webhooks).toEqual([]);
});

test("a status about a customer without a phone is delivered in full, and then nothing on disk identifies them", async () => {
  const { receiver, runtime, settings, restart } = await aBusiness();
  receiver.behave((response) => {
    response.statusCode = 500;
    response.end();
  });
  const { bsuid } = aPhoneLess();
  const token = aToken();
  const id = wamidOf(bsuid, token);
  const status = { id, status: "failed", timestamp: "1790000100", recipient_user_id: bsuid };
  const errors = [{ code: 131026, title: `Not for ${bsuid}`, error_data: { details: bsuid } }];
  const metadata = { display_phone_number: "15550100199", phone_number_id: OFF };
  const contacts = [{ user_id: bsuid, profile: { name: "Marked Name", username: "marked.name" } }];
  const value = { metadata, contacts, statuses: [{ ...status, errors }] };
  await runtime.post(aPayload({ field: "messages", value }));
  await until(() => receiver.webhooks.length > 0);
  // While it waits for delivery it is complete, also for the next process.
  await runtime.kill();
  receiver.behave((response) => response.end());
  const next = await restart();
  const isDelivered = async () => (await next.deliveries())[0]?.status === "delivered";
  await until(isDelivered);
  expect(receiver.webhooks.at(-1)?.body).toMatchObject({
    recipient: { name: "Marked Name" },
    statusUpdate: { id, error: { userMessage: bsuid } },
    original: { id },
  });
  await next.post(aPayload({ field: "messages", value }));
  const items = await next.deliveries({ messageId: id });
  expect(items).toMatchObject([
    {
      messageId: expect.stringMatching(/^h:[0-9a-f]{32}$/),
      payload: { statusUpdate: { error: { details: { metaCode: 131026 } } } },
    },
  ]);
  const marks = [bsuid, "Marked Name", "marked.name", token, id.slice(6, 40)];
  const isNamed = () => {
    const kept = readFolder(settings.RUNTIME_DATA_DIR);
    return marks.some((mark) => kept.includes(mark) || JSON.stringify(items).includes(mark));
  };
  await until(() => !isNamed());
  await next.kill();
  expect(isNamed()).toBe(false);
  for (const mark of marks) expect(runtime.log() + next.log()).not.toContain(mark);
});

test("a notice about a dropped customer is never kept in plain text, whichever number it comes to", async () => {
  const { console, receiver, runtime, settings } = await aBusiness();
  const ON = "300000000000002";
  console.flip(ON, true);
  await until(async () => (await readFlags(runtime.url)).cursor === console.flags.cursor);
  const [dropped, next, phone] = [aPhoneLess(), aPhoneLess(), `1555${randomInt(1e6, 1e7)}`];
  await runtime.post(aPayload(aMessage({ to: OFF, from: dropped })));
  const system = { previous_user_id: dropped.bsuid, user_id: next.bsuid, wa_id: phone };
  await runtime.post(aPayload(...[OFF, ON].map((to) => aNotice({ to, system }))));
  const kept = readFolder(settings.RUNTIME_DATA_DIR);
  for (const mark of [dropped.bsuid, next.bsuid, phone]) {
    expect(kept.includes(mark), mark).toBe(false);
    expect(runtime.log()).not.toContain(mark);
  }
  // Once a late webhook brings the former id, the business knows the customer.
  await runtime.post(aPayload(aMessage({ to: ON, from: dropped })));
  await until(() => receiver.webhooks.length === 1);
  expect(receiver.webhooks[0]?.body.sender.id).toBe(next.bsuid);
});
