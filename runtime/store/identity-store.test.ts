import { expect, test } from "vitest";
import type { BusinessNumber, Customer } from "#sdk/rules.ts";
import { aChange } from "../testing/a-change.ts";
import { aDatabase, PSEUDONYMS } from "../testing/a-database.ts";
import { IdentityStore } from "./identity-store.ts";
import { NumberBook } from "./number-book.ts";

const [A, B, C] = ["US.1", "US.2", "US.3"] as const;

function aStore() {
  const database = aDatabase();
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const open = () => {
    const numbers = new NumberBook(database);
    return {
      numbers,
      identities: new IdentityStore(database, { numbers, pseudonyms: PSEUDONYMS, onError }),
    };
  };
  return { database, errors, ...open(), reopen: open };
}

function aNumber(phoneNumberId: string, wabaId: string | null = "waba-1"): BusinessNumber {
  return { phoneNumberId, displayPhoneNumber: `+1555010${phoneNumberId}`, wabaId };
}

function who(bsuid: string): Customer {
  return { bsuid, phone: null, parentBsuid: null, name: null, username: null, doubt: null };
}

test("the newest BSUID wins, in whatever order and how often the notices come, and after a restart", () => {
  const number = aNumber("0101");
  const notices = [
    aChange(number, { previous: A, current: B, timestamp: "100" }),
    aChange(number, { previous: B, current: C, timestamp: "200" }),
  ];
  for (const order of [notices, notices.toReversed(), [...notices, ...notices]]) {
    const { identities, reopen } = aStore();
    for (const notice of order) identities.apply(notice);
    for (const store of [identities, reopen().identities]) {
      expect([A, B, C].map((bsuid) => store.newestBsuid(bsuid, number))).toEqual([C, C, C]);
      expect(store.current(who(A), number).bsuid).toBe(C);
    }
  }
});

test("a notice of one portfolio changes nobody in another one", () => {
  const { identities, numbers } = aStore();
  const [own, other] = [aNumber("0101", "waba-1"), aNumber("0102", "waba-2")];
  numbers.learn({ ...own, portfolioId: "p1" });
  numbers.learn({ ...other, portfolioId: "p2" });
  identities.apply(aChange(own, { previous: A, current: B, timestamp: "100" }));
  expect(identities.newestBsuid(A, other)).toBe(A);
  expect(identities.newestBsuid(A, own)).toBe(B);
});

test("a portfolio that becomes known later joins the earlier facts of its WABAs", () => {
  const { identities, numbers } = aStore();
  const [own, sister] = [aNumber("0101", "waba-1"), aNumber("0102", "waba-2")];
  identities.apply(aChange(own, { previous: A, current: B, timestamp: "100" }));
  expect(identities.newestBsuid(A, sister)).toBe(A);
  for (const number of [own, sister]) numbers.learn({ ...number, portfolioId: "p1" });
  expect(identities.newestBsuid(A, sister)).toBe(B);
});

test("a BSUID belongs to the portfolio that it was seen in; unseen, or in an unknown one, to none", () => {
  const { identities, numbers } = aStore();
  const [own, other] = [aNumber("0101", "waba-1"), aNumber("0102", "waba-2")];
  numbers.learn({ ...own, portfolioId: "p1" });
  identities.learn(who(A), { number: other, timestamp: "100" });
  expect(identities.portfolioOfBsuid(A, own)).toBeNull();
  numbers.learn({ ...other, portfolioId: "p2" });
  expect(identities.portfolioOfBsuid(A, own)).toBe("p2");
  identities.learn(who(A), { number: own, timestamp: "200" });
  expect(identities.portfolioOfBsuid(A, own)).toBe("p1");
  expect(identities.portfolioOfBsuid(B, own)).toBeNull();
});

test("a notice finds its customer by another spelling of the phone", () => {
  const { identities } = aStore();
  const number = aNumber("0101");
  identities.learn({ ...who(A), bsuid: null, phone: "+5215550100123" }, { number, timestamp: "1" });
  const about = (previousPhone: string) => aChange(number, { current: B, previousPhone });
  for (const phone of ["+5215550100123", "+525550100123"])
    expect(identities.knows(about(phone))).toBe(true);
  expect(identities.knows(about("+525550100124"))).toBe(false);
});

test("a notice about a stranger names nobody on disk, and applies once a webhook brings one of its ids", () => {
  const { database, identities, reopen } = aStore();
  const number = aNumber("0101");
  const phones = { previousPhone: "+5215550100123", currentPhone: "+15550100125" };
  const [first, second] = [
    aChange(number, { previous: A, current: B, timestamp: "100", ...phones }),
    aChange(number, { previous: B, current: C, timestamp: "200" }),
  ];
  for (const notice of [second, first, first, second]) {
    expect(identities.knows(notice)).toBe(false);
    identities.seal(notice);
  }
  const { count, kept } = database
    .prepare(
      "SELECT count(*) AS count, group_concat(hex(sealed) || fingerprint || notice) AS kept FROM sealed_notice",
    )
    .get() as { count: number; kept: string };
  expect(count).toBe(6);
  expect(database.prepare("SELECT * FROM fact").all()).toEqual([]);
  for (const id of [A, B, C, ...Object.values(phones)]) {
    expect(kept).not.toContain(Buffer.from(id).toString("hex").toUpperCase());
    expect(kept).not.toContain(id);
  }
  for (const store of [identities, reopen().identities]) {
    expect([A, B, C].map((bsuid) => store.newestBsuid(bsuid, number))).toEqual([C, C, C]);
    expect(store.newestBsuid(A, aNumber("0109", "another waba"))).toBe(A);
    const ids = store.idsOf({ ...who(A), bsuid: null, phone: "+525550100123" }, number);
    expect(ids).toEqual(expect.arrayContaining([A, B, C]));
    expect(store.knows(first)).toBe(false);
  }
});

test("a damaged sealed notice is skipped and reported once, without naming anybody; the others apply", () => {
  for (const damaged of ["zeroblob(3)", "zeroblob(200)", "substr(sealed, 1, 40)"]) {
    const { database, identities, errors } = aStore();
    const number = aNumber("0101");
    const notices = [
      aChange(number, { previous: A, current: B, timestamp: "100" }),
      aChange(number, { previous: A, current: C, timestamp: "200" }),
    ];
    for (const notice of notices) identities.seal(notice);
    const row = database
      .prepare("SELECT fingerprint FROM sealed_notice GROUP BY fingerprint HAVING count(*) = 2")
      .get() as { fingerprint: string };
    database
      .prepare(
        `UPDATE sealed_notice SET sealed = ${damaged} WHERE fingerprint = ?1
           AND notice = (SELECT min(notice) FROM sealed_notice WHERE fingerprint = ?1)`,
      )
      .run(row.fingerprint);
    for (const _ of [1, 2]) expect([B, C]).toContain(identities.newestBsuid(A, number));
    expect(errors).toHaveLength(1);
    expect(String(errors[0])).toMatch(/damaged/);
    for (const id of [A, B, C, row.fingerprint]) expect(String(errors[0])).not.toContain(id);
  }
});
