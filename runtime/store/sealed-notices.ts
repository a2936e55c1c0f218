import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type IdentityFact, idsOf, mergeFacts, phoneSpellings } from "#sdk/rules.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { StoreLoss } from "./store-loss.ts";

const CIPHER = "aes-256-gcm";
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/**
 * Notices of changed ids about people whom the business does not know. Each is stored once for each id that
 * it names, encrypted with a key derived from that id: when a late webhook brings the id, the notice can be
 * read; until then nothing on disk names anybody.
 */
export class SealedNotices {
  readonly #pseudonyms: Pseudonyms;
  readonly #onError: (error: unknown) => void;
  readonly #upsert: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  /** The fingerprints on disk, so that nearly all ids need no look-up; a few deleted ones in it do no harm. */
  readonly #fingerprints = new Set<string>();
  /** Rows that were reported as damaged. */
  readonly #damaged = new Set<string>();

  /** `onError` is called once for each damaged notice. */
  constructor(
    database: DatabaseSync,
    { pseudonyms, onError }: { pseudonyms: Pseudonyms; onError: (error: unknown) => void },
  ) {
    this.#pseudonyms = pseudonyms;
    this.#onError = onError;
    this.#upsert = database.prepare(
      `INSERT INTO sealed_notice VALUES (?, ?, ?, ?) ON CONFLICT (fingerprint, notice) DO UPDATE SET
         sealed = excluded.sealed, heard_at = max(heard_at, excluded.heard_at)`,
    );
    this.#find = database.prepare("SELECT notice, sealed FROM sealed_notice WHERE fingerprint = ?");
    this.#list = database.prepare("SELECT DISTINCT fingerprint FROM sealed_notice");
    this.reload();
  }

  /** Reads the fingerprints from disk again. */
  reload(): void {
    this.#fingerprints.clear();
    const rows = this.#list.all() as { fingerprint: string }[];
    for (const { fingerprint } of rows) this.#fingerprints.add(fingerprint);
  }

  /** Stores a notice. `heardAt` is in seconds since 1970, by our clock. Called within a transaction. */
  add(fact: IdentityFact, heardAt: number): void {
    const ids = idsOf(fact);
    const notices = ids.slice(0, 1).flatMap((id) => this.find(id));
    const merged = mergeFacts(
      notices.find(({ key }) => key === fact.key),
      fact,
    );
    const text = JSON.stringify(merged);
    for (const id of ids) {
      const fingerprint = fingerprintOf(id, this.#pseudonyms);
      const sealed = seal(text, { id, pseudonyms: this.#pseudonyms });
      this.#upsert.run(fingerprint, this.#pseudonyms.of(fact.key), sealed, heardAt);
      this.#fingerprints.add(fingerprint);
    }
  }

  has(id: string): boolean {
    return (
      this.#fingerprints.size > 0 && this.#fingerprints.has(fingerprintOf(id, this.#pseudonyms))
    );
  }

  /** The facts of the notices that name this id, or another spelling of this phone. */
  find(id: string): IdentityFact[] {
    if (!this.has(id)) return [];
    const fingerprint = fingerprintOf(id, this.#pseudonyms);
    const rows = this.#find.all(fingerprint) as { notice: string; sealed: Uint8Array }[];
    return rows.flatMap(({ notice, sealed }) => {
      try {
        const text = unseal(sealed, { id, pseudonyms: this.#pseudonyms });
        return [JSON.parse(text) as IdentityFact];
      } catch {
        this.#tellDamaged(`${fingerprint} ${notice}`);
        return [];
      }
    });
  }

  #tellDamaged(row: string): void {
    if (this.#damaged.has(row)) return;
    this.#damaged.add(row);
    this.#onError(
      new StoreLoss(
        "A sealed notice of changed ids is damaged and was skipped: the customer that it names keeps the ids known otherwise.",
      ),
    );
  }
}

/** A keyed hash of an id, so that without the key nobody can find phones by trying them. */
export function fingerprintOf(id: string, pseudonyms: Pseudonyms): string {
  return pseudonyms.of(`notice of ${nameOf(id)}`);
}

type Secret = { id: string; pseudonyms: Pseudonyms };

export function seal(text: string, secret: Secret): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce);
  const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
}

function unseal(sealed: Uint8Array, secret: Secret): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const encrypted = bytes.subarray(NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString("utf8");
}

function keyOf({ id, pseudonyms }: Secret): Buffer {
  return pseudonyms.keyOf(`seal of ${nameOf(id)}`);
}

/** The name of an id: the same for all spellings of a phone. */
export function nameOf(id: string): string {
  return id.startsWith("+") ? phoneSpellings(id)[0] : id;
}
