import { isUtf8 } from "node:buffer";

/** A file cannot be read from a line on; the message says why and what to do. */
export class UnreadableFile extends Error {
  override name = "UnreadableFile";
  readonly line: number;
  /** The text at that place, if showing it helps. */
  readonly shown: string | null;

  constructor(line: number, message: string, shown: string | null = null) {
    super(message);
    this.line = line;
    this.shown = shown;
  }
}

const CR = 0x0d;
const LINE_BREAK = /\r\n|\r|\n/g;

/**
 * Decodes a UTF-8 file, without its byte-order mark, in pieces that never split a character or
 * a CRLF.
 *
 * @throws UnreadableFile for UTF-16, a workbook, a compressed file, or bytes that are not UTF-8
 */
export async function* decodeUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  let line = 1;
  let isStart = true;
  const decode = (piece: Buffer): string => {
    const text = toText(piece, line);
    line += countLineBreaks(text);
    return text;
  };
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk]);
    if (isStart) {
      if (rest.length < 4) continue;
      rest = withoutMark(rest);
      isStart = false;
    }
    const end = findEnd(rest);
    if (end === 0) continue;
    yield decode(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  if (isStart) rest = withoutMark(rest);
  if (rest.length > 0) yield decode(rest);
}

/** The number of line breaks in a text, as an editor counts them. */
export function countLineBreaks(text: string): number {
  return text.match(LINE_BREAK)?.length ?? 0;
}

function withoutMark(start: Buffer): Buffer<ArrayBuffer> {
  const [first, second, third, fourth] = start;
  const isUtf16 =
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (first === 0 && third === 0) ||
    (second === 0 && fourth === 0);
  if (isUtf16) {
    throw new UnreadableFile(
      1,
      'the file is UTF-16 (Excel\'s "Unicode text"). Export it again as "CSV UTF-8".',
    );
  }
  if (start.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) {
    throw new UnreadableFile(
      1,
      'the file is an Excel workbook or an archive, not text. Export it as "CSV UTF-8".',
    );
  }
  if (first === 0x1f && second === 0x8b) {
    throw new UnreadableFile(1, "the file is compressed (gzip), not text. Unpack it first.");
  }
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  return Buffer.from(hasMark ? start.subarray(3) : start);
}

/** Where to cut: after the last ASCII byte, which is a whole character, but not after a CR, since an LF may follow. */
function findEnd(bytes: Buffer): number {
  for (let end = bytes.length; end > 0; end -= 1) {
    const last = bytes[end - 1] ?? 0;
    if (last < 0x80 && last !== CR) return end;
  }
  return 0;
}

function toText(piece: Buffer, firstLine: number): string {
  if (isUtf8(piece)) return piece.toString("utf8");
  // Latin-1 keeps bytes and line breaks apart: good enough to find the line.
  let line = firstLine;
  for (const text of piece.toString("latin1").split(LINE_BREAK)) {
    if (!isUtf8(Buffer.from(text, "latin1"))) throw notUtf8(line, text);
    line += 1;
  }
  throw notUtf8(firstLine, "");
}

function notUtf8(line: number, latin1: string): UnreadableFile {
  const asWindows = new TextDecoder("windows-1252").decode(Buffer.from(latin1, "latin1"));
  const why =
    'the file is not UTF-8, but most likely Windows-1252 (Excel\'s plain "CSV"), so that letters such as ã would be lost. Export it again as "CSV UTF-8".';
  return new UnreadableFile(line, why, asWindows);
}
