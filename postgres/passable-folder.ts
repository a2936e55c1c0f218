import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";

/**
 * Makes a folder, and the missing ones above it, that every account can pass through but only its owner
 * can list; whatever the umask says. Folders that exist are left as they are.
 */
export async function makePassableFolder(folder: string): Promise<void> {
  const absolute = path.resolve(folder);
  const first = await mkdir(absolute, { recursive: true });
  if (first === undefined) return;
  for (let made = absolute; made.length >= first.length; made = path.dirname(made)) {
    await chmod(made, 0o711);
  }
}
