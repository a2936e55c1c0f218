import fc from "fast-check";
import { expect, test } from "vitest";
import { IdentityBook } from "./identity-book.ts";
import {
  factOfChange,
  factOfCustomer,
  type IdentityFact,
  idsOf,
  mergeFacts,
} from "./identity-fact.ts";
import { readWebhook } from "./read-webhook.ts";
import { type Identity, resolveIdentity } from "./resolve-identity.ts";
import { SAMPLE_PAYLOADS } from "./sample-payloads.ts";
import type { Customer, IdentityChange } from "./webhook-item.ts";

const A = "US.1";
const B = "US.2";
const C = "US.3";
const P = "+15550100123";
const Q = "+15550100124";
const R = "+15550100125";

type Ids = { bsuid?: string; phone?: string };
type Notice = { from?: string; to?: string; fromPhone?: string; toPhone?: string };
/** What a webhook says, in the portfolio "p1" unless it names another. */
type Event = { at: number; seen?: Ids; notice?: Notice; portfolioId?: string };

const seen = (at: number, ids: Ids): Event => ({ at, seen: ids });
const notice = (at: number, ids: Notice): Event => ({ at, notice: ids });

function toCustomer({
  bsuid = null,
  phone = null,
}: {
  bsuid?: string | null;
  phone?: string | null;
}) {
  return {
    bsuid,
    phone,
    parentBsuid: null,
    name: null,
    username: null,
    doubt: null,
  } satisfies Customer;
}

function toChange({ from, to, fromPhone, toPhone }: Notice, timestamp: string): IdentityChange {
  return {
    kind: "identity_change",
    path: "",
    number: { phoneNumberId: "300000000000001", displayPhoneNumber: null, wabaId: null },
    source: "system",
    timestamp,
    messageId: null,
    previous: from ?? null,
    current: to ?? null,
    previousParent: null,
    currentParent: null,
    previousPhone: fromPhone ?? null,
    currentPhone: toPhone ?? null,
  };
}

function toFact({ at, seen: ids, notice: change, portfolioId = "p1" }: Event): IdentityFact | null {
  const timestamp = String(at);
  if (change) return factOfChange(toChange(change, timestamp), { portfolioId });
  return factOfCustomer(toCustomer(ids ?? {}), { portfolioId, timestamp });
}

function bookOf(events: readonly Event[]): IdentityBook {
  const book = new IdentityBook();
  for (const { at, seen: ids, notice: change, portfolioId = "p1" } of events) {
    const timestamp = String(at);
    if (change) book.apply(toChange(change, timestamp), { portfolioId });
    else book.learn(toCustomer(ids ?? {}), { portfolioId, timestamp });
  }
  return book;
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
  );
}

const now = (userId: string | null, phone: string | null, ...aliases: string[]): Identity => ({
  userId,
  phone,
  aliases,
});

// Each in every order, and with every event twice.
test.each<[string, Event[], Record<string, Identity | null>]>([
  [
    "a customer with both ids is found by either",
    [seen(1, { bsuid: A, phone: P })],
    { [A]: now(A, P), [P]: now(A, P), [B]: null, [Q]: null },
  ],
  ["a customer without a phone", [seen(1, { bsuid: A })], { [A]: now(A, null) }],
  ["a customer without a BSUID", [seen(1, { phone: P })], { [P]: now(null, P) }],
  ["nobody", [seen(1, {})], { [A]: null }],
  [
    "a failed status, which names the phone only, is the same customer's",
    [seen(1, { bsuid: A, phone: P }), seen(2, { phone: P })],
    { [P]: now(A, P), [A]: now(A, P) },
  ],
  [
    "a change that names both BSUIDs",
    [seen(1, { bsuid: A, phone: P }), notice(2, { from: A, to: B })],
    { [A]: now(B, null, A), [B]: now(B, null, A), [P]: now(B, null, A) },
  ],
  [
    "a change of the phone, with the new BSUID only",
    [seen(1, { bsuid: A, phone: P }), notice(2, { fromPhone: P, toPhone: Q, to: B })],
    { [A]: now(B, Q, A), [B]: now(B, Q, A), [P]: now(B, Q, A), [Q]: now(B, Q, A) },
  ],
  [
    "both notices of one change",
    [
      seen(1, { bsuid: A, phone: P }),
      notice(2, { from: A, to: B }),
      notice(3, { fromPhone: P, toPhone: Q, to: B }),
    ],
    { [A]: now(B, Q, A), [B]: now(B, Q, A), [P]: now(B, Q, A) },
  ],
  [
    "two changes, of which the first names both and the second the phone",
    [
      notice(2, { from: A, to: B }),
      seen(3, { bsuid: B, phone: P }),
      notice(4, { fromPhone: P, toPhone: Q, to: C }),
    ],
    { [A]: now(C, Q, A, B), [B]: now(C, Q, A, B), [C]: now(C, Q, A, B) },
  ],
  [
    "a late webhook with the old BSUID changes nothing",
    [notice(2, { from: A, to: B }), seen(3, { bsuid: B }), seen(9, { bsuid: A, phone: P })],
    { [A]: now(B, null, A), [B]: now(B, null, A) },
  ],
  [
    "two changes of one BSUID: the newer one wins",
    [notice(2, { from: A, to: B }), notice(3, { from: A, to: C })],
    { [A]: now(C, null, A, B) },
  ],
  [
    "a BSUID that comes back",
    [notice(2, { from: A, to: B }), notice(3, { from: B, to: A })],
    { [A]: now(A, null, B), [B]: now(A, null, B) },
  ],
  [
    "a missing notice: two BSUIDs with one phone are two customers, and the phone is the last one's",
    [seen(1, { bsuid: A, phone: P }), seen(2, { bsuid: B, phone: P })],
    { [A]: now(A, null), [B]: now(B, P), [P]: now(B, P) },
  ],
  [
    "a notice with the new BSUID only and no phone connects with nobody",
    [seen(1, { bsuid: A, phone: P }), notice(2, { to: B })],
    { [A]: now(A, P), [B]: now(B, null) },
  ],
  [
    "whoever gets the old phone after the change is somebody else",
    [
      seen(1, { bsuid: A, phone: P }),
      notice(5, { fromPhone: P, toPhone: Q, to: B }),
      seen(8, { bsuid: C, phone: P }),
    ],
    { [A]: now(B, Q, A), [C]: now(C, P), [P]: now(C, P) },
  ],
  [
    "a notice that names one BSUID twice tells of no change",
    [seen(1, { bsuid: A, phone: P }), notice(2, { from: A, to: A, toPhone: P })],
    { [A]: now(A, P) },
  ],
  [
    "and does not end the BSUID that it names",
    [notice(1, { from: B, to: C }), notice(2, { from: B, to: A }), notice(5, { from: A, to: A })],
    { [A]: now(A, null, B, C), [B]: now(A, null, B, C) },
  ],
  [
    "a notice about one who was never heard before",
    [notice(2, { fromPhone: P, toPhone: Q, to: B })],
    { [P]: now(B, Q), [Q]: now(B, Q), [B]: now(B, Q) },
  ],
  [
    "and one that withholds the new phone",
    [notice(2, { fromPhone: P, to: B })],
    { [P]: now(B, null), [B]: now(B, null) },
  ],
  [
    "a change within the second of the last message",
    [seen(2, { bsuid: A, phone: P }), notice(2, { fromPhone: P, toPhone: Q, to: B })],
    { [A]: now(B, Q, A) },
  ],
  [
    "a late webhook with the old BSUID and phone takes no change back",
    [
      seen(1, { bsuid: A, phone: P }),
      notice(5, { fromPhone: P, toPhone: Q, to: B }),
      seen(9, { bsuid: A, phone: P }),
    ],
    { [A]: now(B, Q, A), [P]: now(B, Q, A) },
  ],
  [
    "the new BSUID that was seen with the old phone before the notice of it",
    [
      seen(1, { bsuid: A, phone: P }),
      seen(2, { bsuid: B, phone: P }),
      notice(3, { fromPhone: P, toPhone: Q, to: B }),
    ],
    { [A]: now(B, Q, A), [B]: now(B, Q, A) },
  ],
  [
    "a notice that is said again after somebody else got the old phone",
    [
      seen(1, { bsuid: A, phone: P }),
      notice(5, { fromPhone: P, toPhone: Q, to: B }),
      seen(6, { bsuid: C, phone: P }),
      notice(8, { fromPhone: P, toPhone: Q, to: B }),
    ],
    { [A]: now(B, Q, A), [C]: now(C, P), [P]: now(C, P) },
  ],
  [
    "a phone that went to another customer and came back",
    [
      seen(1, { bsuid: A, phone: P }),
      seen(2, { bsuid: B, phone: P }),
      seen(3, { bsuid: A, phone: P }),
    ],
    { [A]: now(A, P), [B]: now(B, null), [P]: now(A, P) },
  ],
  [
    "a customer with two phones has the one that was seen last",
    [seen(1, { bsuid: A, phone: Q }), seen(2, { bsuid: A, phone: P })],
    { [A]: now(A, P), [P]: now(A, P), [Q]: now(A, P) },
  ],
  [
    "the phone of a former BSUID is not the newest one's",
    [
      seen(1, { bsuid: B, phone: P }),
      notice(2, { from: B, to: A, toPhone: Q }),
      notice(3, { from: A, to: B }),
    ],
    { [B]: now(B, P, A), [Q]: now(B, P, A) },
  ],
  [
    "a BSUID that comes back and goes again",
    [notice(2, { from: A, to: B }), notice(3, { from: B, to: A }), notice(4, { from: A, to: B })],
    { [A]: now(B, null, A), [B]: now(B, null, A) },
  ],
  [
    "two changes within one second",
    [notice(2, { from: A, to: C }), notice(2, { from: C, to: B })],
    { [A]: now(B, null, A, C), [C]: now(B, null, A, C) },
  ],
  [
    "a BSUID that comes back within the second in which its phone changes again",
    [
      seen(1, { bsuid: B, phone: P }),
      notice(1, { fromPhone: P, toPhone: Q, to: A }),
      notice(3, { fromPhone: P, toPhone: Q, to: A }),
      notice(3, { from: C, to: B }),
    ],
    { [A]: now(A, Q, B, C), [B]: now(A, Q, B, C), [C]: now(A, Q, B, C) },
  ],
  [
    "two changes of one phone without a BSUID: the newer one wins",
    [notice(2, { fromPhone: P, toPhone: R }), notice(3, { fromPhone: P, toPhone: Q })],
    { [P]: now(null, Q, P) },
  ],
  [
    "an old notice, of phones only, for a customer without a BSUID",
    [seen(1, { phone: P }), notice(2, { fromPhone: P, toPhone: Q })],
    { [P]: now(null, Q, P), [Q]: now(null, Q) },
  ],
  [
    "and on to a phone that has a BSUID by now",
    [notice(2, { fromPhone: P, toPhone: Q }), seen(3, { bsuid: A, phone: Q })],
    { [P]: now(A, Q), [Q]: now(A, Q) },
  ],
  [
    "phones that were given back and forth",
    [notice(2, { fromPhone: P, toPhone: Q }), notice(3, { fromPhone: Q, toPhone: P })],
    { [P]: now(null, Q, P), [Q]: now(null, P, Q) },
  ],
])("%s", (_, events, expected) => {
  for (const order of permutations(events)) {
    for (const said of [order, [...order, ...order]]) {
      const book = bookOf(said);
      for (const [id, identity] of Object.entries(expected)) {
        expect(book.resolve({ portfolioId: "p1", id }), id).toEqual(identity);
      }
    }
  }
});

test("the sample notices lead from the old ids to the new ones", () => {
  const book = new IdentityBook();
  const portfolioId = "p1";
  for (const { payload } of SAMPLE_PAYLOADS) {
    for (const item of readWebhook(payload).items) {
      if (item.kind === "identity_change") book.apply(item, { portfolioId });
      if (item.kind !== "message" && item.kind !== "status") continue;
      book.learn(item.customer, { portfolioId, timestamp: item.timestamp });
    }
  }
  const resolve = (id: string) => book.resolve({ portfolioId, id });
  const ana = now("US.40000000000000000009", null, "US.40000000000000000001");
  expect(resolve("US.40000000000000000001")).toEqual(ana);
  const bo = now("US.40000000000000000008", "+15550100125", "US.40000000000000000002");
  expect(resolve("+15550100123")).toEqual(bo);
});

const ids = [A, B, C, P, Q, R];
const bsuid = fc.constantFrom(A, B, C);
const phone = fc.constantFrom(P, Q, R);
const at = fc.integer({ min: 1, max: 6 });
const part = { requiredKeys: [] as [] };
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ at, seen: fc.record({ bsuid, phone }, part) }),
  fc.record({
    at,
    notice: fc.record({ from: bsuid, to: bsuid, fromPhone: phone, toPhone: phone }, part),
  }),
);
const events = fc.array(event, { maxLength: 10 });
const twoOrders = events.chain((some) =>
  fc.tuple(
    fc.constant(some),
    fc.shuffledSubarray(some, { minLength: some.length }),
    fc.subarray(some),
  ),
);

function allOf(book: IdentityBook, portfolioId = "p1") {
  return ids.map((id) => book.resolve({ portfolioId, id }));
}

test("for any facts, order and repetition do not matter", () => {
  fc.assert(
    fc.property(twoOrders, ([said, shuffled, again]) => {
      expect(allOf(bookOf([...shuffled, ...again]))).toEqual(allOf(bookOf(said)));
    }),
    { numRuns: 2_000 },
  );
});

test("all ids of a customer lead to one answer, and nobody's alias is somebody else's BSUID", () => {
  fc.assert(
    fc.property(events, (said) => {
      const book = bookOf(said);
      for (const identity of allOf(book)) {
        if (!identity?.userId) continue;
        expect(identity.aliases).not.toContain(identity.userId);
        for (const id of [identity.userId, ...identity.aliases]) {
          expect(book.resolve({ portfolioId: "p1", id })).toEqual(identity);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("portfolios do not affect each other, whatever they have in common", () => {
  const elsewhere = events.map((said) => said.map((one) => ({ ...one, portfolioId: "p2" })));
  fc.assert(
    fc.property(events, elsewhere, (here, there) => {
      const both = bookOf([...there, ...here]);
      expect(allOf(both)).toEqual(allOf(bookOf(here)));
      expect(allOf(both, "p2")).toEqual(allOf(bookOf(there), "p2"));
    }),
  );
});

test("the facts alone, kept as rows by key and found by id, give the same answers", () => {
  fc.assert(
    fc.property(events, (said) => {
      const rows = new Map<string, IdentityFact>();
      for (const one of said) {
        const fact = toFact(one);
        if (fact) rows.set(fact.key, mergeFacts(rows.get(fact.key), fact));
      }
      const find = (id: string) => [...rows.values()].filter((row) => idsOf(row).includes(id));
      const book = bookOf(said);
      expect(ids.map((id) => resolveIdentity(find, id))).toEqual(allOf(book));
      expect(book.facts()).toHaveLength(rows.size);
      const restored = new IdentityBook();
      for (const row of JSON.parse(JSON.stringify(book.facts()))) restored.add(row);
      expect(allOf(restored)).toEqual(allOf(book));
    }),
  );
});

test("a thousand changes of one customer are followed", () => {
  const changes = Array.from({ length: 1_000 }, (_, step) =>
    notice(step + 1, { from: `US.${step}`, to: `US.${step + 1}` }),
  );
  const identity = bookOf(changes.toReversed()).resolve({ portfolioId: "p1", id: "US.500" });
  expect(identity).toMatchObject({ userId: "US.1000" });
  expect(identity?.aliases).toHaveLength(1_000);
});
