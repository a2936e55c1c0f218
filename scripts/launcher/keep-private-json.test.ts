import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepSecrets } from "./console-secrets.ts";
import { keepPrivateJson } from "./keep-private-json.ts";
import { keepRuntimeSecrets } from "./runtime-secrets.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "private-json-"));
});
afterEach(() => rm(folder, { recursive: true }));

const keep = (file: string) =>
  keepPrivateJson<{ word: string }>(file, {
    read: ({ word }) => (word ? { word } : null),
    make: async () => ({ word: "made" }),
    repair: "Delete it.",
  });

test("it is made the first time, readable by its owner only, and kept from then on", async () => {
  const file = path.join(folder, "kept.json");
  expect(await keep(file)).toEqual({ word: "made" });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(file, '{"word":"kept"}');
  expect(await keep(file)).toEqual({ word: "kept" });
});

test.each(["", '{"word":', "{}", "null"])(
  "a file with %j in it is reported as damaged, and kept",
  async (text) => {
    const file = path.join(folder, "kept.json");
    await writeFile(file, text);
    await expect(keep(file)).rejects.toThrow(`${file} is damaged. Delete it.`);
    expect(await readFile(file, "utf8")).toBe(text);
  },
);

test.each([
  ["the demo's", keepSecrets],
  ["the runtime's", keepRuntimeSecrets],
])("%s secrets are the same at each start", async (_, keepThem) => {
  const made = await keepThem(folder);
  expect(await keepThem(folder)).toEqual(made);
});
