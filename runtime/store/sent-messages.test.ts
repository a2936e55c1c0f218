import { expect, onTestFinished, test } from "vitest";
import { aDatabase } from "../testing/a-database.ts";
import { aToken, wamidOf } from "../testing/payloads.ts";
import { SentMessages } from "./sent-messages.ts";

const PHONE = "15550100123";
const BSUID = "US.13490000000000003401";

function aStore() {
  const database = aDatabase();
  onTestFinished(() => database.close());
  return { database, sent: new SentMessages(database) };
}

test("a message is found by its id in either scope, and not by another message's id", () => {
  const { sent } = aStore();
  const token = aToken();
  sent.add(wamidOf(PHONE, token), { sendId: "s1", callbackData: null });
  expect(sent.find(wamidOf(PHONE, token))?.sendId).toBe("s1");
  expect(sent.find(wamidOf(BSUID, token))?.sendId).toBe("s1");
  expect(sent.find(wamidOf(PHONE, aToken()))).toBeNull();
});

test("the stored id contains nothing that names the customer", () => {
  const { database, sent } = aStore();
  sent.add(wamidOf(PHONE, aToken()), { sendId: "s1", callbackData: null });
  const kept = JSON.stringify(database.prepare("SELECT * FROM sent").all());
  expect(kept).not.toContain("wamid");
  expect(Buffer.from(kept, "base64").toString("latin1")).not.toContain(PHONE);
});

test("an id of another form, and one that an earlier version stored, are found unchanged", () => {
  const { database, sent } = aStore();
  sent.add("wamid.of-another-form", { sendId: "s1", callbackData: "{}" });
  expect(sent.find("wamid.of-another-form")).toEqual({ sendId: "s1", callbackData: "{}" });
  const old = wamidOf(PHONE, aToken());
  database.prepare("INSERT INTO sent VALUES (?, 's2', NULL, 0)").run(old);
  expect(sent.find(old)?.sendId).toBe("s2");
});
