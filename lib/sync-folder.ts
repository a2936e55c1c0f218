import { open } from "node:fs/promises";

/** Flushes a folder's entries to disk: without it a crash may lose the name of a file whose content is safe. */
export async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, "r");
  await handle.sync();
}
