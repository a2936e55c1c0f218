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
