import { parseBsuid } from "./bsuid.ts";
import {
  DIFFERENT_PHONES,
  GROUP_AS_CONTACT,
  hasMisplacedPhone,
  MISPLACED_PHONE,
  STRAY_PHONE,
  UNCLAIMED_CONTACT,
  unreadablePhone,
} from "./customer-doubt.ts";
import { type CustomerIds, isNothing, readCustomerIds } from "./customer-ids.ts";
import { asId, asObject, asText, type JsonObject } from "./json-value.ts";
import { parsePhone } from "./parse-phone.ts";
import { isSamePhone, phoneSpellings } from "./phone-spellings.ts";
import type { Customer, CustomerDoubt } from "./webhook-item.ts";

/** Null: not given. False: given with different values, so that none can be relied on. */
type Agreed = string | null | false;
type Facts = Record<"phone" | "bsuid" | "parentBsuid" | "name" | "username", Agreed> & {
  /** Set if the phone's field contains something else. */
  unreadable: CustomerDoubt | null;
};

/** The fields of messages and statuses that contain a phone. */
const PHONE_FIELDS = [
  "from",
  "recipient_id",
  "recipient_participant_id",
  "participant_recipient_id",
] as const;

/** The fields of messages and statuses that contain a BSUID. */
const USER_FIELDS = [
  "from_user_id",
  "recipient_user_id",
  "recipient_participant_user_id",
  "participant_recipient_user_id",
] as const;

/** Fields of an item for one customer: the phone's, and the BSUID's. */
const PAIRS = [
  ["from", "from_user_id"],
  ["recipient_id", "recipient_user_id"],
] as const;

/**
 * The `contacts` of one change, found by id and never by position: a batch has several customers, and a
 * contact without ids belongs to none. Their order does not matter. If two contacts disagree about a
 * customer, neither is believed; two spellings of one phone agree.
 */
export class ContactBook {
  readonly #byBsuid = new Map<string, Facts>();
  /** By phone: what all contacts with this phone say. */
  readonly #byPhone = new Map<string, Facts>();
  /** By phone: what the contacts with this phone and no BSUID say. */
  readonly #phoneOnly = new Map<string, Facts>();
  /** Whether an entry was not a contact, or had an unreadable phone without a BSUID. */
  #hasUnreadable = false;
  readonly #change: JsonObject;
  #isStrayThere: boolean | null = null;
  #isUnclaimedThere: boolean | null = null;
  /** By BSUID: the phone that messages and statuses have beside it. */
  #beside: Map<string, Agreed> | null = null;

  /** @param change the value of a change of Meta's, with its contacts, messages and statuses */
  constructor(change: JsonObject) {
    this.#change = change;
    const { contacts } = change;
    if (Array.isArray(contacts)) for (const contact of contacts) this.#add(contact);
    else if (!isNothing(contacts)) this.#addAlone(contacts);
  }

  /**
   * The customer with these ids: a BSUID counts for more than a phone, which changes hands. `groupId`, which may
   * be digits, is nobody's phone.
   */
  find(ids: CustomerIds, groupId: string | null = null): Customer {
    const bsuid = ids.bsuid || lookUp(this.#byPhone, toKey(ids.phone))?.bsuid || null;
    const named = lookUp(this.#byBsuid, bsuid);
    const said = ids.phone ?? named?.phone ?? this.#phoneBeside(bsuid);
    const isGroup = said && said === parsePhone(groupId);
    const phone = isGroup ? null : said || null;
    const nameless = lookUp(this.#phoneOnly, toKey(phone));
    return {
      phone,
      bsuid,
      parentBsuid: ids.parentBsuid || named?.parentBsuid || nameless?.parentBsuid || null,
      name: named?.name || nameless?.name || null,
      username: named?.username || nameless?.username || null,
      doubt: this.#doubtOf({ phone, bsuid }, isGroup ? GROUP_AS_CONTACT : named),
    };
  }

  /** The phone that an item of the change has beside this BSUID. */
  #phoneBeside(bsuid: string | null): Agreed {
    if (bsuid === null) return null;
    this.#beside ??= readPairs(this.#change);
    return this.#beside.get(bsuid) ?? null;
  }

  /** Why a customer with a BSUID and no known phone may still have one. */
  #doubtOf(
    { phone, bsuid }: Pick<Customer, "phone" | "bsuid">,
    named: Facts | CustomerDoubt | undefined,
  ): CustomerDoubt | null {
    if (phone !== null || bsuid === null) return null;
    if (named && "kind" in named) return named;
    if (named?.phone === false || this.#beside?.get(bsuid) === false) return DIFFERENT_PHONES;
    if (named?.unreadable) return named.unreadable;
    this.#isStrayThere ??= this.#hasStray();
    if (this.#isStrayThere) return STRAY_PHONE;
    this.#isUnclaimedThere ??= this.#hasUnclaimed();
    // After a change of BSUID, Meta may name one customer by the old and the new one in the same payload.
    return named === undefined && this.#isUnclaimedThere ? UNCLAIMED_CONTACT : null;
  }

  /** Whether a contact without a BSUID has a phone that no item names, so that it may be anybody's. */
  #hasStray(): boolean {
    if (this.#hasUnreadable) return true;
    if (this.#phoneOnly.size === 0) return false;
    const claimed = phonesOf(this.#change);
    return [...this.#phoneOnly.keys()].some((phone) => !claimed.has(phone));
  }

  /** Whether a contact has a phone and a BSUID, and no item names either. */
  #hasUnclaimed(): boolean {
    const candidates = [...this.#byBsuid].filter(([, { phone }]) => phone !== null);
    if (candidates.length === 0) return false;
    const [phones, bsuids] = [phonesOf(this.#change), bsuidsOf(this.#change)];
    const isClaimed = ([bsuid, { phone }]: [string, Facts]) =>
      bsuids.has(bsuid) || (phone !== false && phones.has(toKey(phone) ?? ""));
    return !candidates.every(isClaimed);
  }

  /** Adds contacts that are not a list: perhaps a single one; without ids it may be anything, such as a map. */
  #addAlone(contacts: unknown): void {
    this.#add(contacts);
    this.#hasUnreadable ||= this.#byBsuid.size + this.#byPhone.size === 0;
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
      unreadable: doubtPhone(contact, ids),
    };
    const key = toKey(ids.phone);
    if (ids.bsuid !== null) learn(this.#byBsuid, ids.bsuid, facts);
    if (key !== null) learn(this.#byPhone, key, facts);
    if (key !== null && ids.bsuid === null) learn(this.#phoneOnly, key, facts);
    if (ids.bsuid === null && facts.unreadable !== null) this.#hasUnreadable = true;
  }
}

/** Why a contact without a readable phone may have one. */
function doubtPhone(contact: JsonObject, ids: CustomerIds): CustomerDoubt | null {
  if (ids.isPhoneUnreadable) return unreadablePhone("The contact's wa_id", contact.wa_id);
  return ids.phone === null && hasMisplacedPhone(contact) ? MISPLACED_PHONE : null;
}

/** A phone's key, which all its spellings share. */
function toKey(phone: string | null): string | null {
  return phone === null ? null : phoneSpellings(phone)[0];
}

/** By BSUID, the phone beside it in any item of the change. */
function readPairs(change: JsonObject): Map<string, Agreed> {
  const pairs = new Map<string, Agreed>();
  for (const fields of itemsOf(change)) {
    const group = asId(fields.group_id);
    for (const [phoneField, userField] of PAIRS) {
      const { [phoneField]: phone, [userField]: user } = fields;
      const ids = readCustomerIds({ phone, user, parent: null });
      if (ids.phone === null || ids.bsuid === null || asId(phone) === group) continue;
      pairs.set(ids.bsuid, agreeOnPhone(pairs.get(ids.bsuid) ?? null, ids.phone));
    }
  }
  return pairs;
}

function phonesOf(change: JsonObject): Set<string> {
  const phones = itemsOf(change).flatMap((fields) =>
    PHONE_FIELDS.map((field) => toKey(parsePhone(fields[field]))),
  );
  return new Set(phones.filter((phone) => phone !== null));
}

function bsuidsOf(change: JsonObject): Set<string> {
  const bsuids = itemsOf(change).flatMap((fields) =>
    [...PHONE_FIELDS, ...USER_FIELDS].map((field) => parseBsuid(fields[field])?.value ?? null),
  );
  return new Set(bsuids.filter((bsuid) => bsuid !== null));
}

function itemsOf({ messages, statuses }: JsonObject): JsonObject[] {
  return [messages, statuses].flat().map((item) => asObject(item) ?? {});
}

function lookUp(book: ReadonlyMap<string, Facts>, id: string | null): Facts | undefined {
  return id === null ? undefined : book.get(id);
}

function learn(book: Map<string, Facts>, id: string, said: Facts): void {
  const existing = book.get(id);
  const agreed = existing && {
    phone: agreeOnPhone(existing.phone, said.phone),
    bsuid: agree(existing.bsuid, said.bsuid),
    parentBsuid: agree(existing.parentBsuid, said.parentBsuid),
    name: agree(existing.name, said.name),
    username: agree(existing.username, said.username),
    unreadable: firstOf(existing.unreadable, said.unreadable),
  };
  book.set(id, agreed ?? said);
}

function agree(before: Agreed, said: Agreed): Agreed {
  if (said === null) return before;
  return before === null || before === said ? said : false;
}

/** Agrees if both are spellings of one phone. Returns the same spelling in whatever order they come. */
function agreeOnPhone(before: Agreed, said: Agreed): Agreed {
  if (!before || !said || !isSamePhone(before, said)) return agree(before, said);
  return before < said ? before : said;
}

/** One of two doubts: the same one in whatever order they come. */
function firstOf(one: CustomerDoubt | null, other: CustomerDoubt | null): CustomerDoubt | null {
  if (!one || !other) return one ?? other;
  return one.why < other.why ? one : other;
}
