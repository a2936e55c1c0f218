import type { RosterEntry } from "./roster-entry.ts";
import { type RosterProblem, toShown } from "./roster-problem.ts";

/** An account by the entries of a roster, which have to agree. */
export type RosterAccount = {
  externalId: string;
  name: string;
  /** Null for none; undefined if no entry has one, so that the stored manager stays. */
  managerEmail: string | null | undefined;
  /** Undefined if no entry has one, so that the stored zone stays. */
  zone: string | undefined;
};

type Registered = RosterAccount & { nameAt: string; managerAt: string; zoneAt: string };

/** Collects the accounts that the entries of a roster name. */
export class AccountRegister {
  readonly accounts = new Map<string, Registered>();
  /** By manager, the place where they are named first. */
  readonly managers = new Map<string, string>();

  /** Adds an entry's account. @returns where it contradicts earlier entries of the same account */
  add(at: string, entry: RosterEntry): RosterProblem[] {
    const { accountExternalId: externalId, accountName: name, managerEmail } = entry;
    const zone = entry.accountZone;
    if (managerEmail && !this.managers.has(managerEmail)) this.managers.set(managerEmail, at);
    const account = this.accounts.get(externalId);
    if (!account) {
      const places = { nameAt: at, managerAt: at, zoneAt: at };
      this.accounts.set(externalId, { externalId, name, managerEmail, zone, ...places });
      return [];
    }
    return [
      ...compareName(at, name, account),
      ...compareManager(at, managerEmail, account),
      ...compareZone(at, zone, account),
    ];
  }
}

function compareName(at: string, name: string, account: Registered): RosterProblem[] {
  if (name === account.name) return [];
  const why = `account ${toShown(account.externalId)} has two names: "${toShown(account.name)}" at ${account.nameAt}, and this one at ${at}.`;
  return [{ at, field: "accountName", value: toShown(name), why }];
}

function compareManager(
  at: string,
  managerEmail: string | null | undefined,
  account: Registered,
): RosterProblem[] {
  if (managerEmail === undefined || managerEmail === account.managerEmail) return [];
  if (account.managerEmail === undefined) {
    Object.assign(account, { managerEmail, managerAt: at });
    return [];
  }
  const why = `account ${toShown(account.externalId)} has two managers: ${account.managerEmail ?? "none"} at ${account.managerAt}, and ${managerEmail ?? "none"} at ${at}.`;
  return [{ at, field: "managerEmail", value: managerEmail ?? "", why }];
}

function compareZone(at: string, zone: string | undefined, account: Registered): RosterProblem[] {
  if (zone === undefined || zone === account.zone) return [];
  if (account.zone === undefined) {
    Object.assign(account, { zone, zoneAt: at });
    return [];
  }
  const why = `account ${toShown(account.externalId)} has two time zones: ${account.zone} at ${account.zoneAt}, and ${zone} at ${at}.`;
  return [{ at, field: "accountZone", value: zone, why }];
}
