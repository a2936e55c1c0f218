import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { aBusiness, readFlags } from "../testing/a-business.ts";
import { aMessage, aPayload, aPhoneLess, aToken, aWamid, wamidOf } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

const OFF = "300000000000001";

/** All bytes that a runtime left in its folder. */
function readFolder(folder: string): Buffer {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return Buffer.concat(
    files.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name))),
  );
}

test("of a customer who is dropped nothing that identifies them is on disk, in the list or in the log", async () => {
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

test("of what cannot be read of such a customer the id is kept as its pseudonym, and of an error the words without ids", async () => {
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

test("a message that was dropped stays so when it comes again with its other wamid, also after a flip and a restart", async () => {
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
