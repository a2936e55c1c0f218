import { Prisma } from "../../db/generated/client.ts";
import type { SqlRunner } from "../../db/sql-runner.ts";
import { type Commitment, hashOpening, newSalt, type Opening } from "./commitment.ts";
import type { PersonalValue } from "./personal-value.ts";

/** A row of `private_value`. */
type Row = Pick<PersonalValue, "personId" | "holder"> & Opening & { commitment: string };

/**
 * The commitments of a transaction's entries: existing ones, and those it makes. Use it only while holding
 * the ledger, so that nobody else commits to the same values meanwhile.
 */
export class CommitmentSet {
  readonly #commitments: Map<string, string>;
  readonly #made: Row[] = [];

  constructor(commitments: ReadonlyMap<string, string>) {
    this.#commitments = new Map(commitments);
  }

  /** The commitment to this value; one value has one commitment within its holder. */
  commit(marked: PersonalValue): Commitment {
    const key = toKey(marked);
    const existing = this.#commitments.get(key);
    if (existing !== undefined) return { $private: existing };
    const { personId, holder, value } = marked;
    const salt = newSalt();
    const commitment = hashOpening({ salt, value });
    this.#made.push({ commitment, personId, holder, salt, value });
    this.#commitments.set(key, commitment);
    return { $private: commitment };
  }

  /** The statement that stores the values added since the last call; null when there are none. */
  takeInsert(): Prisma.Sql | null {
    if (this.#made.length === 0) return null;
    const rows = JSON.stringify(this.#made.splice(0));
    return Prisma.sql`
      INSERT INTO private_value (commitment, person_id, holder, salt, value)
      SELECT commitment, "personId", holder, salt, value
      FROM jsonb_to_recordset(${rows}::jsonb)
        AS made(commitment text, "personId" uuid, holder text, salt text, value jsonb)`;
  }
}

/** Reads the existing commitments to these values, in one statement. */
export async function readCommitmentSet(
  runner: SqlRunner,
  wanted: readonly PersonalValue[],
): Promise<CommitmentSet> {
  const distinct = [...new Map(wanted.map((marked) => [toKey(marked), marked])).values()];
  const rows = await runner.query<{ commitment: string; place: bigint | string }>(Prisma.sql`
    SELECT p.commitment, w.place
    FROM unnest(${distinct.map(({ holder }) => holder)}::text[],
                ${distinct.map(({ personId }) => personId)}::uuid[],
                ${distinct.map(({ value }) => JSON.stringify(value))}::text[])
         WITH ORDINALITY AS w(holder, person_id, value, place)
    JOIN private_value p ON p.holder = w.holder AND p.value = w.value::jsonb
      AND p.person_id IS NOT DISTINCT FROM w.person_id`);
  const commitments = new Map<string, string>();
  for (const { commitment, place } of rows) {
    const marked = distinct[Number(place) - 1];
    if (marked) commitments.set(toKey(marked), commitment);
  }
  return new CommitmentSet(commitments);
}

function toKey({ personId, holder, value }: PersonalValue): string {
  return JSON.stringify([holder, personId, value]);
}
