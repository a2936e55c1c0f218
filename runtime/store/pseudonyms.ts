import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { tokenOfWamid } from "./wamid-token.ts";

/** Hex digits of a message's pseudonym: 128 bits. */
const DIGITS = 32;
const PSEUDONYM = /^h:[0-9a-f]{32}$/;

/**
 * Names that tell nobody who a customer is: a wamid holds its customer's phone or BSUID in readable
 * form. Whoever has a wamid and the key can find what became of that message, and nobody else can.
 */
export class Pseudonyms {
  readonly #key: KeyObject;

  constructor(key: Buffer) {
    this.#key = createSecretKey(key);
  }

  /**
   * `h:` and 32 hex digits: HMAC-SHA-256 of the wamid's inner token, so that it is the same for both
   * wamids of one message; of all of it where its form is not known. A pseudonym stays what it is.
   */
  ofMessage(wamid: string): string {
    return PSEUDONYM.test(wamid) ? wamid : this.of(tokenOfWamid(wamid) ?? wamid);
  }

  /** The pseudonym of any text: `h:` and 32 hex digits. */
  of(text: string): string {
    return `h:${this.#digest(text).toString("hex").slice(0, DIGITS)}`;
  }

  /** A key of 32 bytes that only who has the text can make. */
  keyOf(text: string): Buffer {
    return this.#digest(`key ${text}`);
  }

  #digest(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}
