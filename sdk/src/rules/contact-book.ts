import { DIFFERENT_PHONES, STRAY_PHONE, unreadablePhone } from "./customer-doubt.ts";
import { type CustomerIds, isNothing, readCustomerIds } from "./customer-ids.ts";
import { asObject, asText, type JsonObject } from "./json-value.ts";
import { parsePhone } from "./parse-phone.ts";
import { isSamePhone, phoneSpellings } from "./phone-spellings.ts";
import type { Customer, CustomerDoubt } from "./webhook-item.ts";

/** Null: not said. False: said in different ways, so that nothing can be relied on. */
type Agreed = string | null | false;
type Facts = Record<"phone" | "bsuid" | "parentBsuid" | "name" | "username", Agreed> & {
  /** What stands for a phone and is none. */
  unreadable: CustomerDoubt | null;
};

/** The fields of messages and statuses in which Meta names somebody by phone. */
const PHONE_FIELDS = [
  "from",
  "recipient_id",
  "recipient_participant_id",
  "participant_recipient_id",
] as const;

/**
 * The `contacts` of one change, found by id and never by position: a batch has several customers, and
 * one without ids lends its name to nobody. Their order does not matter; where two of them disagree
 * about a customer, neither is believed. Two spellings of one phone are no disagreement.
 */
export class ContactBook {
  readonly #byBsuid = new Map<string, Facts>();
  /** Of all contacts with this phone, which BSUID they have. */
  readonly #byPhone = new Map<string, Facts>();
  /** Of the contacts with this phone and no BSUID, what else they say. */
  readonly #phoneOnly = new Map<string, Facts>();
  /** Whether something was no contact, or had a phone that names nobody. */
  #hasUnreadable = false;
  readonly #change: JsonObject;
  #isStrayThere: boolean | null = null;

  /** @param change the value of a change of Meta's, with its contacts, messages and statuses */
  constructor(change: JsonObject) {
    this.#change = change;
    const { contacts } = change;
    if (Array.isArray(contacts)) for (const contact of contacts) this.#add(contact);
    else if (!isNothing(contacts)) this.#add(contacts);
  }

  /** The customer with these ids: a BSUID counts for more than a phone, which changes hands. */
  find(ids: CustomerIds): Customer {
    const bsuid = ids.bsuid || lookUp(this.#byPhone, toKey(ids.phone))?.bsuid || null;
    const named = lookUp(this.#byBsuid, bsuid);
    const phone = ids.phone || named?.phone || null;
    const nameless = lookUp(this.#phoneOnly, toKey(phone));
    return {
      phone,
      bsuid,
      parentBsuid: ids.parentBsuid || named?.parentBsuid || nameless?.parentBsuid || null,
      name: named?.name || nameless?.name || null,
      username: named?.username || nameless?.username || null,
      doubt: phone === null && bsuid !== null ? this.#doubtOf(named) : null,
    };
  }

  /** Why somebody with a BSUID and without a phone may have one. */
  #doubtOf(named: Facts | undefined): CustomerDoubt | null {
    if (named?.phone === false) return DIFFERENT_PHONES;
    if (named?.unreadable) return named.unreadable;
    this.#isStrayThere ??= this.#hasStray();
    return this.#isStrayThere ? STRAY_PHONE : null;
  }

  /** Whether a contact's phone belongs to nobody whom the change names by phone: it may be anybody's. */
  #hasStray(): boolean {
    if (this.#hasUnreadable) return true;
    if (this.#phoneOnly.size === 0) return false;
    const claimed = phonesOf(this.#change);
    return [...this.#phoneOnly.keys()].some((phone) => !claimed.has(phone));
  }

  #add(value: unknown): void {
    const contact = asObject(value);
    if (!contact) {
      this.#hasUnreadable ||= !isNothing(value);
      return;
    }
    const { wa_id: phone, user_id: user, parent_user_id: parent } = contact;
    const ids = readCustomerIds({ phone, user, parent });
    const profile = asObject(contact.profile);
    const facts: Facts = {
      phone: ids.phone,
      bsuid: ids.bsuid,
      parentBsuid: ids.parentBsuid,
      name: asText(profile?.name),
      username: asText(profile?.username),
      unreadable: ids.isPhoneUnreadable ? unreadablePhone("The contact's wa_id", phone) : null,
    };
    const key = toKey(ids.phone);
    if (ids.bsuid !== null) learn(this.#byBsuid, ids.bsuid, facts);
    if (key !== null) learn(this.#byPhone, key, facts);
    if (key !== null && ids.bsuid === null) learn(this.#phoneOnly, key, facts);
    if (ids.bsuid === null && ids.isPhoneUnreadable) this.#hasUnreadable = true;
  }
}

/** All spellings of a phone have one key. */
function toKey(phone: string | null): string | null {
  return phone === null ? null : phoneSpellings(phone)[0];
}

function phonesOf({ messages, statuses }: JsonObject): Set<string> {
  const items = [messages, statuses].flatMap((list) => (Array.isArray(list) ? list : []));
  const phones = items.flatMap((item) => {
    const fields = asObject(item) ?? {};
    return PHONE_FIELDS.map((field) => toKey(parsePhone(fields[field])));
  });
  return new Set(phones.filter((phone) => phone !== null));
}

function lookUp(book: ReadonlyMap<string, Facts>, id: string | null): Facts | undefined {
  return id === null ? undefined : book.get(id);
}

function learn(book: Map<string, Facts>, id: string, said: Facts): void {
  const known = book.get(id);
  const agreed = known && {
    phone: agreeOnPhone(known.phone, said.phone),
    bsuid: agree(known.bsuid, said.bsuid),
    parentBsuid: agree(known.parentBsuid, said.parentBsuid),
    name: agree(known.name, said.name),
    username: agree(known.username, said.username),
    unreadable: firstOf(known.unreadable, said.unreadable),
  };
  book.set(id, agreed ?? said);
}

function agree(known: Agreed, said: Agreed): Agreed {
  if (said === null) return known;
  return known === null || known === said ? said : false;
}

/** Of two spellings always the same one, in whatever order they come. */
function agreeOnPhone(known: Agreed, said: Agreed): Agreed {
  if (!known || !said || !isSamePhone(known, said)) return agree(known, said);
  return known < said ? known : said;
}

/** Always the same one, in whatever order they come. */
function firstOf(one: CustomerDoubt | null, other: CustomerDoubt | null): CustomerDoubt | null {
  if (!one || !other) return one ?? other;
  return one.why < other.why ? one : other;
}
