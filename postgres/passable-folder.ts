import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";

/**
 * Makes a folder and its missing parents so that every account can pass through but only the owner can
 * list them, whatever the umask. Existing folders stay as they are.
 */
export async function makePassableFolder(folder: string): Promise<void> {
  const absolute = path.resolve(folder);
  const first = await mkdir(absolute, { recursive: true });
  if (first === undefined) return;
  for (let made = absolute; made.length >= first.length; made = path.dirname(made)) {
    await chmod(made, 0o711);
  }
}
