import { FlagClientError } from "../flag-client-error.ts";

export type StreamEvent = { event: string; data: string; id: string };

/** A larger event is a fault or an attack: a million numbers need a tenth of this. */
const MAX_CHARACTERS = 256 * 1024 * 1024;

/**
 * Parses server-sent events as the HTML standard (9.2.6) says: CR, LF or CRLF ends a line, chunks may be cut
 * anywhere, even within a character, and an event without its final blank line is ignored. `retry` is not
 * used: this client has its own backoff. Time is linear in the bytes.
 */
export class EventStreamParser {
  // Removes a byte order mark at the start, also one that comes in pieces.
  readonly #decoder = new TextDecoder("utf-8");
  /** The pieces of the incomplete line, which are joined once, however many chunks it spans. */
  #line: string[] = [];
  #data: string[] = [];
  #characters = 0;
  #event = "";
  #id = "";
  #endedInReturn = false;

  /** The events that this chunk completes. @throws FlagClientError for an event above MAX_CHARACTERS */
  push(chunk: Uint8Array): StreamEvent[] {
    const events: StreamEvent[] = [];
    let text = this.#decoder.decode(chunk, { stream: true });
    if (text === "") return events;
    // The second half of a CRLF that was cut in two.
    if (this.#endedInReturn && text.startsWith("\n")) text = text.slice(1);
    this.#endedInReturn = text.endsWith("\r");
    let start = 0;
    for (const { 0: end, index } of text.matchAll(/\r\n?|\n/g)) {
      this.#keep(text.slice(start, index));
      const event = this.#endLine();
      if (event) events.push(event);
      start = index + end.length;
    }
    this.#keep(text.slice(start));
    return events;
  }

  #keep(piece: string): void {
    this.#characters += piece.length;
    if (this.#characters > MAX_CHARACTERS)
      throw new FlagClientError("UNEXPECTED_ANSWER", "The stream's event has no end.");
    if (piece !== "") this.#line.push(piece);
  }

  #endLine(): StreamEvent | null {
    const line = this.#line.join("");
    this.#line = [];
    if (line === "") return this.#endEvent();
    const colon = line.indexOf(":");
    // A comment, which only keeps the connection alive.
    if (colon === 0) this.#characters -= line.length;
    else if (colon < 0) this.#setField(line, "");
    else this.#setField(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ""));
    return null;
  }

  #setField(name: string, value: string): void {
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#event = value;
    else if (name === "id" && !value.includes("\0")) this.#id = value;
  }

  #endEvent(): StreamEvent | null {
    const lines = this.#data;
    const event = this.#event || "message";
    this.#data = [];
    this.#event = "";
    this.#characters = 0;
    return lines.length === 0 ? null : { event, data: lines.join("\n"), id: this.#id };
  }
}
