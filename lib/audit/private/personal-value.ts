import { randomUUID } from "node:crypto";
import type { OpenValue } from "./commitment.ts";

/** A value of a member of staff, which an entry commits to instead of storing it. */
export class PersonalValue {
  /** Whose it is; null when unknown. */
  readonly personId: string | null;
  /** The id of a person, session or token: entries with one holder share a commitment to the same value. */
  readonly holder: string;
  readonly value: OpenValue;

  constructor({ personId, holder, value }: Pick<PersonalValue, "personId" | "holder" | "value">) {
    this.personId = personId;
    this.holder = holder;
    this.value = value;
  }
}

/**
 * Marks a personal value in a draft: the trail commits to it, and it is erased with the person. That covers
 * the trail alone; lib/people/erase-people.ts clears columns that store the value.
 *
 * @param personId null when unknown; then no other entry shares the commitment
 */
export function markPersonal(personId: string | null, value: OpenValue): PersonalValue {
  return new PersonalValue({ personId, holder: personId ?? randomUUID(), value });
}

/** Marks a personal value that may be null. */
export function markPersonalOrNull(
  personId: string | null,
  value: string | null,
): PersonalValue | null {
  return value === null ? null : markPersonal(personId, value);
}
