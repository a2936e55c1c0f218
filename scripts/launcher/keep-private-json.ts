import { readFile } from "node:fs/promises";
import { LaunchError } from "./launch-error.ts";
import { writePrivateJson } from "./private-file.ts";

/**
 * The content of a file that only its owner can read; made and written the first time.
 *
 * @param how.read returns null for incomplete content: it guards against truncation and edits only
 * @param how.repair tells the operator what to do about a damaged file
 * @throws LaunchError for a damaged file
 */
export async function keepPrivateJson<Kept extends object>(
  file: string,
  how: { read: (json: Partial<Kept>) => Kept | null; make: () => Promise<Kept>; repair: string },
): Promise<Kept> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text !== null) {
    const kept = parse(text, how.read);
    if (kept === null) throw new LaunchError(`${file} is damaged. ${how.repair}`);
    return kept;
  }
  const made = await how.make();
  await writePrivateJson(file, made);
  return made;
}

function parse<Kept>(text: string, read: (json: Partial<Kept>) => Kept | null): Kept | null {
  try {
    return read(JSON.parse(text) as Partial<Kept>);
  } catch {
    return null;
  }
}
