import { expect, test } from "vitest";
import { aDatabase, PSEUDONYMS } from "../testing/a-database.ts";
import { EventLog } from "./event-log.ts";
import { forgetOld } from "./forget-old.ts";
import { SentMessages } from "./sent-messages.ts";

const DAY_MS = 86_400_000;
const NOW = Date.now();

function aStore() {
  const database = aDatabase();
  const log = new EventLog(database, PSEUDONYMS);
  const drop = (messageId: string, at: number) =>
    log.record({
      kind: "drop",
      dedupeKey: messageId,
      at,
      phoneNumberId: "1",
      messageId,
      case: "phone_less",
      cursor: null,
    });
  const ids = () =>
    database
      .prepare("SELECT message_id AS id FROM event ORDER BY seq")
      .all()
      .map(({ id }) => id);
  return { database, log, drop, ids };
}

test("decisions of more than eight days ago are forgotten, newer ones and waiting webhooks are not", () => {
  const { database, log, drop, ids } = aStore();
  drop("old", NOW - 8 * DAY_MS - 1);
  log.record({
    kind: "webhook",
    topic: "messages",
    dedupeKey: "waiting",
    at: NOW - 9 * DAY_MS,
    phoneNumberId: "1",
    messageId: "waiting",
    case: "legacy",
    lanes: "1 +1",
    payload: "{}",
  });
  drop("new", NOW - 7 * DAY_MS);
  expect(forgetOld(database, NOW)).toBe(false);
  expect(ids()).toEqual(["waiting", PSEUDONYMS.ofMessage("new")]);
});

test("many are forgotten a thousand at a time, and it says that there may be more", () => {
  const { database, drop, ids } = aStore();
  for (let count = 0; count < 1_500; count += 1) drop(String(count), NOW - 9 * DAY_MS);
  expect([forgetOld(database, NOW), ids().length]).toEqual([true, 500]);
  expect([forgetOld(database, NOW), ids().length]).toEqual([false, 0]);
});

test("what was sent is known for thirty days", () => {
  const { database } = aStore();
  const sent = new SentMessages(database);
  sent.add("wamid.1", { sendId: "1", callbackData: null });
  forgetOld(database, NOW + 29 * DAY_MS);
  expect(sent.find("wamid.1")).toEqual({ sendId: "1", callbackData: null });
  forgetOld(database, NOW + 31 * DAY_MS);
  expect(sent.find("wamid.1")).toBeNull();
});

test("a customer's ids are forgotten when they were not heard of for as long as the setting says", () => {
  const { database } = aStore();
  const insert = database.prepare(
    "INSERT INTO fact VALUES (?1, 'waba', 'seen', ?1, NULL, NULL, NULL, 0, ?2)",
  );
  insert.run("US.1", Math.floor((NOW - 31 * DAY_MS) / 1_000));
  insert.run("US.2", Math.floor((NOW - 29 * DAY_MS) / 1_000));
  const ids = () =>
    database
      .prepare("SELECT key FROM fact")
      .all()
      .map(({ key }) => key);
  forgetOld(database, NOW, 180 * DAY_MS);
  expect(ids()).toEqual(["US.1", "US.2"]);
  forgetOld(database, NOW, 30 * DAY_MS);
  expect(ids()).toEqual(["US.2"]);
});
