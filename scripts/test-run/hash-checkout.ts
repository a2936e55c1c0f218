import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** A hash of the commit, the changes since then, and new files that git does not ignore. */
export async function hashCheckout(root: string): Promise<string> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)("git", args, { cwd: root, maxBuffer: 2 ** 28 })).stdout;
  const hash = createHash("sha256");
  hash.update(await git("rev-parse", "HEAD"));
  hash.update(await git("diff", "HEAD", "--binary"));
  const newFiles = await git("ls-files", "--others", "--exclude-standard", "-z");
  for (const file of newFiles.split("\0").filter((name) => name !== "")) {
    const content = await readFile(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
