import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { tokenOfWamid } from "./wamid-token.ts";

/** Hex digits of a message's pseudonym: 128 bits. */
const DIGITS = 32;
const PSEUDONYM = /^h:[0-9a-f]{32}$/;

/**
 * Pseudonyms of message ids, since a wamid contains its customer's phone or BSUID in readable form. Only
 * somebody with the wamid and the key can find what happened to its message.
 */
export class Pseudonyms {
  readonly #key: KeyObject;

  constructor(key: Buffer) {
    this.#key = createSecretKey(key);
  }

  /**
   * `h:` and 32 hex digits: the HMAC-SHA-256 of the wamid's inner token, so that both wamids of one message
   * have the same; of the whole id if its form is unknown. Returns a pseudonym unchanged.
   */
  ofMessage(wamid: string): string {
    return PSEUDONYM.test(wamid) ? wamid : this.of(tokenOfWamid(wamid) ?? wamid);
  }

  /** The pseudonym of any text: `h:` and 32 hex digits. */
  of(text: string): string {
    return `h:${this.#digest(text).toString("hex").slice(0, DIGITS)}`;
  }

  /** A key of 32 bytes that cannot be derived without the text. */
  keyOf(text: string): Buffer {
    return this.#digest(`key ${text}`);
  }

  #digest(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}
