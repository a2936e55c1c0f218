import { type CustomerIds, readCustomerIds } from "./customer-ids.ts";
import { asObject, asText } from "./json-value.ts";
import type { Customer } from "./webhook-item.ts";

/** Null: not said. False: said in different ways, so that nothing can be relied on. */
type Agreed = string | null | false;
type Facts = Record<keyof Customer, Agreed>;

/**
 * The `contacts` of one payload, found by id and never by position: a batch has several customers, and
 * one without ids lends its name to nobody. Their order does not matter; where two of them disagree
 * about a customer, neither is believed.
 */
export class ContactBook {
  readonly #byBsuid = new Map<string, Facts>();
  /** Of all contacts with this phone, which BSUID they have. */
  readonly #byPhone = new Map<string, Facts>();
  /** Of the contacts with this phone and no BSUID, what else they say. */
  readonly #phoneOnly = new Map<string, Facts>();

  constructor(contacts: unknown) {
    if (Array.isArray(contacts)) for (const contact of contacts) this.#add(contact);
  }

  /** The customer with these ids: a BSUID counts for more than a phone, which changes hands. */
  find(ids: CustomerIds): Customer {
    const bsuid = ids.bsuid || lookUp(this.#byPhone, ids.phone)?.bsuid || null;
    const named = lookUp(this.#byBsuid, bsuid);
    const phone = ids.phone || named?.phone || null;
    const nameless = lookUp(this.#phoneOnly, phone);
    return {
      phone,
      bsuid,
      parentBsuid: ids.parentBsuid || named?.parentBsuid || nameless?.parentBsuid || null,
      name: named?.name || nameless?.name || null,
      username: named?.username || nameless?.username || null,
    };
  }

  #add(value: unknown): void {
    const contact = asObject(value);
    if (!contact) return;
    const { wa_id: phone, user_id: user, parent_user_id: parent } = contact;
    const ids = readCustomerIds({ phone, user, parent });
    const profile = asObject(contact.profile);
    const facts = { ...ids, name: asText(profile?.name), username: asText(profile?.username) };
    if (ids.bsuid !== null) learn(this.#byBsuid, ids.bsuid, facts);
    if (ids.phone !== null) learn(this.#byPhone, ids.phone, facts);
    if (ids.phone !== null && ids.bsuid === null) learn(this.#phoneOnly, ids.phone, facts);
  }
}

function lookUp(book: ReadonlyMap<string, Facts>, id: string | null): Facts | undefined {
  return id === null ? undefined : book.get(id);
}

function learn(book: Map<string, Facts>, id: string, said: Customer): void {
  const known = book.get(id);
  const agreed = known && {
    phone: agree(known.phone, said.phone),
    bsuid: agree(known.bsuid, said.bsuid),
    parentBsuid: agree(known.parentBsuid, said.parentBsuid),
    name: agree(known.name, said.name),
    username: agree(known.username, said.username),
  };
  book.set(id, agreed ?? said);
}

function agree(known: Agreed, said: string | null): Agreed {
  if (said === null) return known;
  return known === null || known === said ? said : false;
}
