import { randomUUID } from "node:crypto";
import type { PrivateValue } from "./commitment.ts";

/** A value of somebody of the staff, to be committed to where an entry would have it. */
export class Personal {
  /** Whose it is; null when nobody knows. */
  readonly personId: string | null;
  /** Entries share the value within this: the id of a person, a session or a token. */
  readonly holder: string;
  readonly value: PrivateValue;

  constructor({ personId, holder, value }: Pick<Personal, "personId" | "holder" | "value">) {
    this.personId = personId;
    this.holder = holder;
    this.value = value;
  }
}

/**
 * Marks a value of a person in a draft of an entry: the trail commits to it, and has it erased with them.
 * One that nobody knows the person of is shared with no other entry.
 */
export function personal(personId: string | null, value: PrivateValue): Personal {
  return new Personal({ personId, holder: personId ?? randomUUID(), value });
}

/** The same where there may be none. */
export function personalOrNull(personId: string | null, value: string | null): Personal | null {
  return value === null ? null : personal(personId, value);
}
