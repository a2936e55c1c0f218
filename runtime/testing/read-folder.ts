import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** All bytes of all files in a runtime's folder. */
export function readFolder(folder: string): Buffer {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return Buffer.concat(
    files.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name))),
  );
}
