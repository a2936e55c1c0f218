import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hashCheckout } from "./hash-checkout.ts";

test("the hash changes with every change, also in a file that git does not know yet", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "hash-checkout-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.test", ...args], { cwd: root });
  const write = (name: string, text: string) => writeFile(path.join(root, name), text);
  git("init", "--quiet");
  await write("known.ts", "1");
  await write(".gitignore", "ignored.ts\n");
  git("add", ".");
  git("commit", "--quiet", "--message=first");
  const hashes = [await hashCheckout(root)];
  const changes: [string, string][] = [
    ["known.ts", "2"],
    ["new é.test.ts", "1"],
    ["new é.test.ts", "2"],
  ];
  for (const change of changes) {
    await write(...change);
    hashes.push(await hashCheckout(root));
    await write("ignored.ts", String(hashes.length));
    expect(await hashCheckout(root)).toBe(hashes.at(-1));
  }
  expect(new Set(hashes).size).toBe(hashes.length);
});
