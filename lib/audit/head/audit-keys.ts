import type { AuditSettings } from "../../config.ts";
import { getConfig } from "../../config.ts";
import {
  deriveSigningKey,
  type PublicKey,
  parsePublicKey,
  parseSigningKey,
  type SigningKey,
} from "../../ed25519.ts";

export type AuditKeys = {
  signing: SigningKey;
  /** By id: the present key and the former ones. */
  keys: ReadonlyMap<string, PublicKey>;
};

let memoised: AuditKeys | undefined;

/** The keys of this console. */
export function auditKeys(): AuditKeys {
  if (memoised) return memoised;
  const { audit, nextAuthSecret } = getConfig();
  memoised = toAuditKeys(audit, nextAuthSecret);
  return memoised;
}

/** The keys of a configuration that has been validated. */
export function toAuditKeys(
  settings: Pick<AuditSettings, "signingKey" | "formerPublicKeys">,
  secret: string,
): AuditKeys {
  const own = settings.signingKey === null ? null : parseSigningKey(settings.signingKey);
  const signing = own ?? deriveSigningKey(secret);
  const former = settings.formerPublicKeys.flatMap((text) => parsePublicKey(text) ?? []);
  return { signing, keys: toKeyMap([signing.publicKey, ...former]) };
}

export function toKeyMap(keys: readonly PublicKey[]): Map<string, PublicKey> {
  return new Map(keys.map((key) => [key.keyId, key]));
}
