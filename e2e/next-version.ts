import { execFile } from "node:child_process";
import { appendFile, cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, "..");

/**
 * The next version of the console in a checkout of its own, not built yet: the same sources with a
 * change. Its server actions get this build's key, as after a deploy with the same DATA_DIR.
 */
export async function makeNextVersion() {
  const root = path.join(ROOT, ".cache", `next-version-${process.pid}`);
  await mkdir(root, { recursive: true });
  const { stdout } = await run(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: ROOT,
      maxBuffer: 1e7,
    },
  );
  const files = stdout.split("\0").filter((file) => file !== "" && !file.startsWith("docs/"));
  for (const file of files) {
    await cp(path.join(ROOT, file), path.join(root, file)).catch(ignoreMissing);
  }
  await cp(path.join(ROOT, "lib/db/generated"), path.join(root, "lib/db/generated"), {
    recursive: true,
  });
  await cp(path.join(ROOT, ".data/actions-key.json"), path.join(root, ".data/actions-key.json"));
  // By hard links: as quick as none, and Next accepts no packages outside of its folder.
  await run("cp", ["-al", path.join(ROOT, "node_modules"), root]);
  await appendFile(path.join(root, "app/globals.css"), "\n/* the next version */\n");
  return {
    root,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Deleted from the work tree, not yet from git. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
