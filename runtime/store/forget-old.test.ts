import { expect, onTestFinished, test, vi } from "vitest";
import { aChange } from "../testing/a-change.ts";
import { aDatabase, PSEUDONYMS } from "../testing/a-database.ts";
import { EventLog } from "./event-log.ts";
import { forgetOld } from "./forget-old.ts";
import { IdentityStore } from "./identity-store.ts";
import { NumberBook } from "./number-book.ts";
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
      isCounted: true,
      cursor: null,
    });
  const ids = () =>
    database
      .prepare("SELECT message_id AS id FROM event ORDER BY seq")
      .all()
      .map(({ id }) => id);
  return { database, log, drop, ids };
}

test("decisions older than eight days are forgotten, newer ones and waiting webhooks are not", () => {
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
    isCounted: true,
    lanes: "1 +1",
    payload: "{}",
    anonymousPayload: null,
  });
  drop("new", NOW - 7 * DAY_MS);
  expect(forgetOld(database, NOW)).toEqual({ count: 1, isMore: false });
  expect(ids()).toEqual(["waiting", PSEUDONYMS.ofMessage("new")]);
});

test("rows are forgotten a thousand at a time, and the result says whether there may be more", () => {
  const { database, drop, ids } = aStore();
  for (let count = 0; count < 1_500; count += 1) drop(String(count), NOW - 9 * DAY_MS);
  expect([forgetOld(database, NOW).isMore, ids().length]).toEqual([true, 500]);
  expect([forgetOld(database, NOW).isMore, ids().length]).toEqual([false, 0]);
});

test("sent messages are kept for thirty days, or for as long as customers are if that is shorter", () => {
  const { database } = aStore();
  const sent = new SentMessages(database);
  sent.add("wamid.0", { sendId: "0", callbackData: '"of +15550100123"' });
  forgetOld(database, NOW + 9 * DAY_MS, 8 * DAY_MS);
  expect(sent.find("wamid.0")).toBeNull();
  sent.add("wamid.1", { sendId: "1", callbackData: null });
  forgetOld(database, NOW + 29 * DAY_MS);
  expect(sent.find("wamid.1")).toEqual({ sendId: "1", callbackData: null });
  forgetOld(database, NOW + 31 * DAY_MS);
  expect(sent.find("wamid.1")).toBeNull();
});

test("a customer's ids are forgotten when nothing was heard of them for the configured time", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const database = aDatabase();
  const numbers = new NumberBook(database);
  const identities = new IdentityStore(database, {
    numbers,
    pseudonyms: PSEUDONYMS,
    onError: () => undefined,
  });
  const number = { phoneNumberId: "1", displayPhoneNumber: null, wabaId: "waba" };
  const [ofAncient, ofFuture] = ["1", "9999999999"];
  const hear = (day: number, heard: { bsuid: string; timestamp: string }) => {
    vi.setSystemTime(NOW + day * DAY_MS);
    const nobody = { phone: null, parentBsuid: null, name: null, username: null, doubt: null };
    identities.learn({ ...nobody, bsuid: heard.bsuid }, { number, timestamp: heard.timestamp });
    identities.seal(aChange(number, { current: `${heard.bsuid}0`, timestamp: heard.timestamp }));
  };
  const isKnown = (day: number, keepDays: number) => {
    forgetOld(database, NOW + day * DAY_MS, keepDays * DAY_MS);
    const of = (table: string) => database.prepare(`SELECT * FROM ${table}`).all().length;
    return [of("fact"), of("sealed_notice")];
  };
  hear(0, { bsuid: "US.1", timestamp: ofFuture });
  hear(2, { bsuid: "US.2", timestamp: ofAncient });
  expect(isKnown(31, 180)).toEqual([2, 2]);
  expect(isKnown(31, 30)).toEqual([1, 1]);
  hear(31, { bsuid: "US.2", timestamp: ofAncient });
  expect(isKnown(60, 30)).toEqual([1, 1]);
  expect(isKnown(62, 30)).toEqual([0, 0]);
});
