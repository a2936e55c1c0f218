import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium as playwrightChromium } from "@playwright/test";
import packagedChromium from "@sparticuz/chromium";
import { withLock } from "#lib/process-lock.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A Chromium to test with: the machine's, Playwright's if installed, or the one from npm. */
export async function findChromium(): Promise<string> {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = [
    ...SYSTEM_NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    playwrightChromium.executablePath(),
  ];
  return candidates.find((file) => existsSync(file)) ?? (await unpack());
}

/** Unpacks into a private folder: by default the package trusts whatever is in the shared temporary one. */
async function unpack(): Promise<string> {
  const manifest = path.join(
    path.dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")),
    "../package.json",
  );
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
  const home = path.join(ROOT, ".cache", `chromium-${version}`);
  const executable = path.join(home, "chromium");
  if (existsSync(executable)) return executable;

  await withLock(`${home}.lock`, logWaiting, async () => {
    if (existsSync(executable)) return;
    const draft = `${home}.new`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    await withTemporaryFolder(draft, () => packagedChromium.executablePath());
    await rename(draft, home);
  });
  return executable;
}

function logWaiting(holder: number): void {
  console.log(`Waiting for process ${holder}, which unpacks Chromium`);
}

async function withTemporaryFolder(folder: string, work: () => Promise<unknown>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await work();
  } catch (error) {
    throw new Error(
      `No Chromium for the browser tests was found, and the packaged one does not unpack here. Run npx playwright install chromium. (${error})`,
    );
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
