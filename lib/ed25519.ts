import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
} from "node:crypto";

/** RFC 8410: what comes before the 32 bytes of an Ed25519 private key in PKCS #8. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** A key that verifies signatures of heads. */
export type PublicKey = {
  /** The first 16 hex digits of the SHA-256 of the key's SPKI DER. */
  keyId: string;
  /** SPKI DER in base64: the content of a PEM file without its first and last line. */
  text: string;
  key: KeyObject;
};

export type SigningKey = { privateKey: KeyObject; publicKey: PublicKey };

/** Parses an Ed25519 private key, PKCS #8 as PEM or as base64 DER; null for anything else. */
export function parseSigningKey(text: string): SigningKey | null {
  try {
    const der = Buffer.from(withoutArmour(text), "base64");
    const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    if (privateKey.asymmetricKeyType !== "ed25519") return null;
    return { privateKey, publicKey: toPublicKey(createPublicKey(privateKey)) };
  } catch {
    return null;
  }
}

/** Parses an Ed25519 public key, SPKI as PEM or as base64 DER; null for anything else. */
export function parsePublicKey(text: string): PublicKey | null {
  try {
    const der = Buffer.from(withoutArmour(text), "base64");
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? toPublicKey(key) : null;
  } catch {
    return null;
  }
}

/** The signing key of an installation without a configured one; one secret always gives the same key. */
export function deriveSigningKey(secret: string): SigningKey {
  const seed = hkdfSync("sha256", secret, "", "bsuid-console audit heads", 32);
  const der = Buffer.concat([PKCS8_PREFIX, Buffer.from(seed)]);
  const key = parseSigningKey(der.toString("base64"));
  if (!key) throw new Error("A seed of 32 bytes is always a key.");
  return key;
}

function toPublicKey(key: KeyObject): PublicKey {
  const der = key.export({ format: "der", type: "spki" });
  const keyId = createHash("sha256").update(der).digest("hex").slice(0, 16);
  return { keyId, text: der.toString("base64"), key };
}

/** Removes PEM's dashed lines, and line breaks, also those that an environment file spells as `\n`. */
function withoutArmour(text: string): string {
  return text.replace(/-----[A-Z ]+-----|\\n|\s/g, "");
}
