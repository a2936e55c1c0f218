const LINE_FEED = 0x0a;

/**
 * Reads the lines of a file, each with its line feed. Only a line feed ends a line: JSON may contain
 * Unicode's other line separators, at which `node:readline` would split. The last line has no line
 * feed if the file does not end with one.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let partial: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      yield Buffer.concat([...partial, chunk.subarray(start, end + 1)]);
      partial = [];
      start = end + 1;
    }
    if (start < chunk.length) partial.push(chunk.subarray(start));
  }
  if (partial.length > 0) yield Buffer.concat(partial);
}
