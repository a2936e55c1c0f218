/** Meta's ids of messages: base64 of a struct in Thrift's compact protocol. */
const FORM = /^wamid\.([A-Za-z0-9+/_-]{8,2000})(={0,2})$/;
/** Tokens of WhatsApp's apps and servers; real ones have 16 to 32 characters. */
const TOKEN = /^[A-Za-z0-9_-]{8,128}$/;
const TOKEN_FIELD = 3;
/** A BSUID of at least eight characters, fewer than any seen has: random bytes hardly ever match. */
const BSUID = /[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{8}/;
/** The types of Thrift's compact protocol that wamids use. */
const [TRUE, FALSE, BYTE, I16, I32, I64, BINARY, STRUCT] = [1, 2, 3, 4, 5, 6, 8, 12];
const MAX_DEPTH = 4;

/**
 * The token that a message's ids have in common. A message has a wamid in the scope of its sender's phone
 * and one in that of the BSUID; each contains that identity in readable form and, besides, this token.
 *
 * @returns null for an unknown form, which must not match any other id
 */
export function tokenOfWamid(wamid: string): string | null {
  const [, encoded] = FORM.exec(wamid) ?? [];
  if (encoded === undefined) return null;
  const struct = new StructReader(Buffer.from(encoded, "base64")).readWhole();
  const token = struct?.get(TOKEN_FIELD);
  return typeof token === "string" && TOKEN.test(token) ? token : null;
}

/** Whether a message's id contains a BSUID, as it is or in base64. */
export function namesBsuid(wamid: string): boolean {
  const decoded = Buffer.from(wamid.replace(/^wamid\./, ""), "base64").toString("latin1");
  return BSUID.test(wamid) || BSUID.test(decoded);
}

/** The texts of a struct by field number. */
type Texts = Map<number, string>;

/** Reads the part of Thrift's protocol that wamids use; anything else makes the whole id unreadable. */
class StructReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Reads all bytes as one struct; null if they are not exactly one. */
  readWhole(): Texts | null {
    const texts = this.#readStruct(0);
    return this.#at === this.#bytes.length ? texts : null;
  }

  #readStruct(depth: number): Texts | null {
    const texts: Texts = new Map();
    let field = 0;
    while (this.#at < this.#bytes.length) {
      const header = this.#bytes[this.#at++] ?? 0;
      if (header === 0) return texts;
      // A field's number is given by its distance to the last; 0 means another form, which wamids do not use.
      const [distance, type] = [header >> 4, header & 0x0f];
      if (distance === 0) return null;
      field += distance;
      const value = this.#readValue(type, depth);
      if (value === null) return null;
      if (typeof value === "string") texts.set(field, value);
    }
    return null;
  }

  /** Reads a text as it is; true for a skipped value of another type; null if it is incomplete. */
  #readValue(type: number, depth: number): string | true | null {
    switch (type) {
      case TRUE:
      case FALSE:
        return true;
      case BYTE:
        this.#at += 1;
        return true;
      case I16:
      case I32:
      case I64:
        return this.#readVarint() === null ? null : true;
      case BINARY:
        return this.#readText();
      case STRUCT:
        return depth < MAX_DEPTH && this.#readStruct(depth + 1) ? true : null;
      default:
        return null;
    }
  }

  #readText(): string | null {
    const length = this.#readVarint();
    if (length === null || this.#at + length > this.#bytes.length) return null;
    this.#at += length;
    return this.#bytes.toString("latin1", this.#at - length, this.#at);
  }

  #readVarint(): number | null {
    let value = 0;
    for (let shift = 1; shift <= 2 ** 56; shift *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) return null;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
    return null;
  }
}
