import { v7 as uuidv7 } from "uuid";
import type { Origin, PersonActor } from "#lib/access/actor.ts";
import type { PersonRecord } from "#lib/people/person-record.ts";
import { toPersonActor } from "#lib/sessions/to-person-actor.ts";
import type { DemoAccount } from "./roster.ts";

/** The people of support and the admins, by what the stories call them. */
const STAFF = {
  sofia: "support@demo.test",
  tunde: "support2@demo.test",
  lucia: "lucia.herrera@demo.test",
  rafael: "rafael.quintana@demo.test",
  priya: "admin@demo.test",
  ingrid: "ingrid.sorensen@demo.test",
} as const;

const RETIRED = 12;

/** Who acts in the demo's past, and on what. */
export class DemoWorld {
  readonly accounts: readonly DemoAccount[];
  readonly #people: ReadonlyMap<string, PersonRecord>;

  constructor(people: ReadonlyMap<string, PersonRecord>, accounts: readonly DemoAccount[]) {
    this.#people = people;
    this.accounts = accounts;
  }

  /** A person who is signed in, in a request of their own. */
  by(name: keyof typeof STAFF): PersonActor {
    return this.#toActor(STAFF[name]);
  }

  /** The manager of a business, signed in. */
  managerOf(business: string): PersonActor {
    return this.#toActor(this.#account(business).entries[0]?.managerEmail ?? "");
  }

  /** The ids of a business's numbers that stay in service. */
  numbersOf(business: string): string[] {
    const retired = new Set(this.toRetire());
    const ids = this.#account(business).entries.map(({ phoneNumberId }) => phoneNumberId);
    return ids.filter((id) => !retired.has(id));
  }

  /** The ids of the numbers that are retired one after another: the last of some phone-only businesses. */
  toRetire(): string[] {
    const phoneOnly = this.accounts.filter(({ business }) => business.acceptance === "none");
    return phoneOnly
      .slice(0, RETIRED)
      .flatMap(({ entries }) => entries.at(-1)?.phoneNumberId ?? []);
  }

  externalIdOf(business: string): string {
    return this.#account(business).entries[0]?.accountExternalId ?? "";
  }

  #account(name: string): DemoAccount {
    const account = this.accounts.find(({ business }) => business.name === name);
    if (!account) throw new Error(`The demo has no business ${name}.`);
    return account;
  }

  #toActor(email: string): PersonActor {
    const person = this.#people.get(email);
    if (!person) throw new Error(`The demo's people lack ${email}.`);
    return toPersonActor(person, { origin: newOrigin("ui") });
  }
}

export function newOrigin(channel: Origin["channel"]): Origin {
  return { requestId: uuidv7(), channel, ip: null, userAgent: null };
}
