import { createReadStream } from "node:fs";
import { CommandError } from "./command-error.ts";

/**
 * Reads a file in chunks. Opens it only when the first chunk is asked for.
 * @throws CommandError that names the file and why it cannot be read
 */
export async function* readFile(file: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(file);
  try {
    yield* stream;
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}.`);
  }
}
