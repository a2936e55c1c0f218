import { randomUUID } from "node:crypto";
import type { OpenValue } from "./commitment.ts";

/** A value of a member of staff, which an entry commits to instead of having it. */
export class PersonalValue {
  /** Whose it is; null when nobody knows. */
  readonly personId: string | null;
  /** Entries share the value within this: the id of a person, a session or a token. */
  readonly holder: string;
  readonly value: OpenValue;

  constructor({ personId, holder, value }: Pick<PersonalValue, "personId" | "holder" | "value">) {
    this.personId = personId;
    this.holder = holder;
    this.value = value;
  }
}

/**
 * Marks a value of a person in a draft of an entry: the trail commits to it, and it is erased with them.
 * That covers the trail alone: a column that has the value is emptied in lib/people/erase-people.ts.
 *
 * @param personId null when nobody knows whose it is; then no other entry shares the value
 */
export function markPersonal(personId: string | null, value: OpenValue): PersonalValue {
  return new PersonalValue({ personId, holder: personId ?? randomUUID(), value });
}

/** Marks a value of a person that may be absent. */
export function markPersonalOrNull(
  personId: string | null,
  value: string | null,
): PersonalValue | null {
  return value === null ? null : markPersonal(personId, value);
}
