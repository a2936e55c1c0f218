import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { db } from "../db/client.ts";
import type { MatchedAccount } from "./match-accounts.ts";
import { planImport } from "./plan-import.ts";

useTestDatabase();

/** Counts how many accounts were looked up in one turn of the event loop. */
class WatchedAccounts extends Map<string, MatchedAccount> {
  #turn = 0;
  #most = 0;

  override get(externalId: string): MatchedAccount | undefined {
    if (this.#turn === 0) setImmediate(() => (this.#turn = 0));
    this.#turn += 1;
    this.#most = Math.max(this.#most, this.#turn);
    return super.get(externalId);
  }

  get most(): number {
    return this.#most;
  }
}

test("of a large roster no more than 500 entries are compared in one turn of the event loop", async () => {
  const account = { externalId: "acc-1", name: "Padaria", managerEmail: null, managerId: null };
  const set = { isManagerFromRoster: false, zone: null };
  const byExternalId = new WatchedAccounts([["acc-1", { id: "1", ...account, ...set }]]);
  const entries = Array.from({ length: 3_000 }, (_, index) => ({
    phoneNumberId: String(100_000_000_000_000 + index),
    displayPhoneNumber: `+551191${1_000_000 + index}`,
    label: `Suporte ${index}`,
    accountName: "Padaria",
    accountExternalId: "acc-1",
    portfolioId: "7",
    wabaId: "8",
  }));
  const accounts = { byExternalId, changed: [], created: [] };
  const roster = { entries, places: new Map(), accounts, isRetiring: false };
  expect((await planImport(db(), roster)).created).toHaveLength(3_000);
  expect(byExternalId.most).toBe(500);
});
