import { expect, onTestFinished, test } from "vitest";
import { aDatabase } from "../testing/a-database.ts";
import { NumberBook } from "./number-book.ts";

const MEXICAN = "+525550100199";
const WITH_ONE = "+5215550100199";

function aBook() {
  const database = aDatabase();
  onTestFinished(() => database.close());
  const book = new NumberBook(database);
  const learn = (phoneNumberId: string, displayPhoneNumber: string, isRetired?: boolean) =>
    book.learn({
      phoneNumberId,
      displayPhoneNumber,
      wabaId: "1",
      ...(isRetired === undefined ? {} : { isRetired }),
    });
  const idOf = (phone: string | null) => book.findSender(phone)?.phoneNumberId ?? null;
  return { database, book, learn, idOf };
}

test("a number is found by either spelling of its phone, an exact match first", () => {
  const { learn, idOf } = aBook();
  learn("10", WITH_ONE);
  expect([idOf(WITH_ONE), idOf(MEXICAN), idOf("+5215550100198")]).toEqual(["10", "10", null]);
  learn("11", MEXICAN);
  expect([idOf(WITH_ONE), idOf(MEXICAN)]).toEqual(["10", "11"]);
});

test("a number in service comes before a retired one, whichever was learned first", () => {
  for (const retiredFirst of [true, false]) {
    const { learn, idOf } = aBook();
    learn("10", MEXICAN, retiredFirst);
    learn("11", MEXICAN, !retiredFirst);
    expect(idOf(MEXICAN)).toBe(retiredFirst ? "11" : "10");
    expect(idOf(WITH_ONE)).toBe(retiredFirst ? "11" : "10");
    expect(idOf(null)).toBe(retiredFirst ? "11" : "10");
  }
});

test("a retired number never counts as the only number, and its webhooks do not bring it back", () => {
  const { book, learn, idOf } = aBook();
  learn("10", MEXICAN, true);
  learn("10", MEXICAN);
  expect([idOf(null), book.listInService(9)]).toEqual([null, { numbers: [], count: 0 }]);
});

test("a number that got another phone is found only by that one, also after a reload", () => {
  const { database, learn, idOf } = aBook();
  learn("10", MEXICAN, true);
  learn("11", "+15550100199");
  learn("11", "+15550100177");
  expect([idOf("+15550100199"), idOf("+15550100177")]).toEqual([null, "11"]);
  const reloaded = new NumberBook(database);
  expect(reloaded.findSender("+15550100177")?.phoneNumberId).toBe("11");
  expect(reloaded.find("10")?.isRetired).toBe(true);
});

test("a lookup in a roster of 30,000 numbers of one portfolio costs as much as in a small one", () => {
  const fill = (count: number) => {
    const { book } = aBook();
    const learn = (id: number, fields: object = {}) => {
      const phoneNumberId = String(id);
      const displayPhoneNumber = `+1555${phoneNumberId.padStart(7, "0")}`;
      const wabaId = `w${Math.floor(id / 3)}`;
      book.learn({ phoneNumberId, displayPhoneNumber, wabaId, portfolioId: "p1", ...fields });
    };
    for (let id = 0; id < count; id += 1) learn(id);
    return { book, learn };
  };
  const ask = ({ book }: ReturnType<typeof fill>) => {
    const start = performance.now();
    let right = 0;
    for (let asked = 0; asked < 500; asked += 1) {
      const isBeside = book.wabasBeside(`w${asked % 30}`).has("w7");
      const hasNone = book.findSender(null) === null;
      if (isBeside && hasNone && book.listInService(10).numbers.length === 10) right += 1;
    }
    expect(right).toBe(500);
    return performance.now() - start;
  };
  const [small, large] = [fill(100), fill(30_000)];
  expect(ask(large)).toBeLessThan(20 * ask(small) + 50);
  expect(large.book.wabasBeside("w7").size).toBe(10_000);
  large.learn(7, { portfolioId: "p2", wabaId: "alone" });
  expect([...large.book.wabasBeside("alone")]).toEqual(["alone"]);
  expect(large.book.wabasBeside("w8").has("alone")).toBe(false);
});
