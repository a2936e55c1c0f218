import { readdir } from "node:fs/promises";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "..");
const NOT_OURS = /(^|\/)(node_modules|\.next|\.git|\.data|\.cache)(\/|$)/;

/** Every file and folder of the repository, relative to its root. */
export async function listPaths(): Promise<Set<string>> {
  const listed = new Set<string>();
  const visit = async (folder: string) => {
    for (const entry of await readdir(path.join(ROOT, folder), { withFileTypes: true })) {
      const name = path.join(folder, entry.name);
      if (NOT_OURS.test(name)) continue;
      listed.add(name);
      if (entry.isDirectory()) await visit(name);
    }
  };
  await visit("");
  return listed;
}
