import { open, rename } from "node:fs/promises";

/** Writes a file that its owner alone can read: whole and on disk, or not at all. */
export async function writePrivateJson(file: string, value: unknown): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
