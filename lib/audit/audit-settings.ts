import path from "node:path";
import type { SettingsReader } from "../settings-reader.ts";
import { parsePublicKey, parseSigningKey } from "./head/ed25519.ts";

/** How the trail is signed, archived and journaled. */
export type AuditSettings = {
  /** Ed25519, PKCS #8; null when it is derived from NEXTAUTH_SECRET. */
  signingKey: string | null;
  /** Public keys that signed before the present one, SPKI. */
  formerPublicKeys: string[];
  /** Where each day's head is sent. */
  headUrl: string | null;
  /** The age at which entries are archived; null: never. */
  retentionDays: number | null;
  /** The folder of the archives; absolute. */
  archiveDir: string;
  /** The journal of the heads that this console signs, on its own disk; absolute. */
  headJournal: string;
};

/** The database refuses to remove younger entries, too (see the migration of archives). */
const SHORTEST_RETENTION_DAYS = 90;
const LONGEST_RETENTION_DAYS = 36_500;

export function readAuditSettings(read: SettingsReader, dataDir: string): AuditSettings {
  return {
    signingKey: readSigningKey(read),
    formerPublicKeys: readFormerKeys(read),
    headUrl: read.webUrl("AUDIT_HEAD_URL"),
    retentionDays: readRetentionDays(read),
    archiveDir: path.resolve(
      /*turbopackIgnore: true*/ read.text("AUDIT_ARCHIVE_DIR") ??
        path.join(/*turbopackIgnore: true*/ dataDir, "audit-archive"),
    ),
    headJournal: path.resolve(
      /*turbopackIgnore: true*/ read.text("AUDIT_HEAD_JOURNAL") ??
        path.join(/*turbopackIgnore: true*/ dataDir, "audit-heads.jsonl"),
    ),
  };
}

function readRetentionDays(read: SettingsReader): number | null {
  const text = read.text("AUDIT_RETENTION_DAYS");
  if (text === null) return null;
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= SHORTEST_RETENTION_DAYS && days <= LONGEST_RETENTION_DAYS) {
    return days;
  }
  read.refuse(
    `AUDIT_RETENTION_DAYS is "${text}", which is not a whole number of days from ${SHORTEST_RETENTION_DAYS} to ${LONGEST_RETENTION_DAYS}. Correct it, or leave it out to keep all entries.`,
  );
  return null;
}

/** No message quotes the value: it is a secret. */
function readSigningKey(read: SettingsReader): string | null {
  const text = read.text("AUDIT_SIGNING_KEY");
  if (text === null || parseSigningKey(text)) return text;
  read.refuse(
    "AUDIT_SIGNING_KEY is not an Ed25519 private key. Make one with openssl genpkey -algorithm ed25519, and set it to the file's text.",
  );
  return null;
}

function readFormerKeys(read: SettingsReader): string[] {
  const keys = (read.text("AUDIT_FORMER_PUBLIC_KEYS") ?? "").split(",").map((key) => key.trim());
  const given = keys.filter((key) => key !== "");
  const wrong = given.findIndex((key) => !parsePublicKey(key));
  if (wrong >= 0) {
    read.refuse(
      `AUDIT_FORMER_PUBLIC_KEYS has ${given.length} keys, and number ${wrong + 1} is not an Ed25519 public key. Set it to the publicKey texts of GET /api/v1/audit/keys, with commas between.`,
    );
  }
  return given;
}
