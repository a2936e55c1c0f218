import type { Prisma } from "../db/generated/client.ts";
import { inTurns } from "../in-turns.ts";
import type { RosterAccount } from "./account-register.ts";
import { toChunks } from "./chunks.ts";
import { toGlance, toLook, toOneForm } from "./look.ts";
import { readPages } from "./read-pages.ts";
import type { Roster } from "./read-roster.ts";
import { toShown } from "./roster-problem.ts";

type Named = Pick<RosterAccount, "externalId" | "name"> & { at: string };

const ACCOUNTS_PER_PAGE = 500;
const OTHER_LETTERS = "and is not: it is written with other letters.";

/**
 * Finds accounts that people cannot tell apart, in the roster and among the stored ones. Ids or names that
 * look the same but differ are problems: one is a mistake or a deception. The same name for two accounts, or
 * names that differ by 0 and O or 1, l and I, are warnings. Checks only new and renamed accounts.
 */
export async function findLookalikes(
  client: Prisma.TransactionClient,
  roster: Pick<Roster, "register" | "problems" | "warnings">,
): Promise<void> {
  const { accounts } = roster.register;
  const changed = await findChanged(client, [...accounts.values()]);
  if (changed.size === 0) return;
  const looks = new Looks();
  for await (const stored of readAccounts(client)) {
    for (const account of stored) {
      if (!accounts.has(toOneForm(account.externalId))) looks.add({ ...account, at: "stored" });
    }
  }
  for await (const { nameAt: at, externalId, name } of inTurns(accounts.values())) {
    if (changed.has(externalId)) compare(roster, { at, externalId, name }, looks);
    looks.add({ at, externalId, name });
  }
}

function compare(
  { problems, warnings }: Pick<Roster, "problems" | "warnings">,
  account: Named,
  looks: Looks,
): void {
  const { at, externalId, name } = account;
  const sameId = looks.ofId(externalId);
  if (sameId) {
    const why = `this id looks the same as that of another account, ${toShown(sameId.externalId)} (${sameId.at}), ${OTHER_LETTERS}`;
    problems.add({ at, field: "accountExternalId", value: toShown(externalId), why });
  }
  const sameName = looks.ofName(name);
  const similar = sameName ? undefined : looks.ofGlance(name);
  if (similar) {
    const message =
      `account ${toShown(externalId)}, "${toShown(name)}", may be taken for ` +
      `account ${toShown(similar.externalId)} (${similar.at}), "${toShown(similar.name)}".`;
    warnings.add({ path: `${at}: accountName`, message });
  }
  if (!sameName) return;
  const other = `account ${toShown(sameName.externalId)} (${sameName.at})`;
  if (sameName.name === name) {
    const message = `account ${toShown(externalId)} has the same name as ${other}: "${toShown(name)}".`;
    warnings.add({ path: `${at}: accountName`, message });
    return;
  }
  const why = `this name looks the same as that of ${other}, ${OTHER_LETTERS}`;
  problems.add({ at, field: "accountName", value: toShown(name), why });
}

/** By the look of ids and names, the first account that has it. */
class Looks {
  readonly #ids = new Map<string, Named>();
  readonly #names = new Map<string, Named>();
  readonly #glances = new Map<string, Named>();

  add(account: Named): void {
    const [id, name] = [toLook(account.externalId), toLook(account.name)];
    if (!this.#ids.has(id)) this.#ids.set(id, account);
    if (!this.#names.has(name)) this.#names.set(name, account);
    const glance = toGlance(account.name);
    if (!this.#glances.has(glance)) this.#glances.set(glance, account);
  }

  ofId(externalId: string): Named | undefined {
    return this.#ids.get(toLook(externalId));
  }

  ofGlance(name: string): Named | undefined {
    return this.#glances.get(toGlance(name));
  }

  ofName(name: string): Named | undefined {
    return this.#names.get(toLook(name));
  }
}

/** Reads all accounts by id, in pages. */
function readAccounts(
  client: Prisma.TransactionClient,
): AsyncGenerator<Pick<RosterAccount, "externalId" | "name">[], void> {
  const read = (after: string) =>
    client.account.findMany({
      where: { externalId: { gt: after } },
      orderBy: { externalId: "asc" },
      take: ACCOUNTS_PER_PAGE,
      select: { externalId: true, name: true },
    });
  return readPages({ most: ACCOUNTS_PER_PAGE, read, keyOf: ({ externalId }) => externalId });
}

/** The ids of accounts that are new or have another name than stored. */
async function findChanged(
  client: Prisma.TransactionClient,
  accounts: readonly RosterAccount[],
): Promise<Set<string>> {
  const changed = new Set<string>();
  for (const chunk of toChunks(accounts)) {
    const stored = await client.account.findMany({
      where: { externalId: { in: chunk.map(({ externalId }) => externalId) } },
    });
    const names = new Map(stored.map(({ externalId, name }) => [externalId, name]));
    for (const { externalId, name } of chunk) {
      if (names.get(externalId) !== name) changed.add(externalId);
    }
  }
  return changed;
}
