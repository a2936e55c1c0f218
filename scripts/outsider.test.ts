import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { askOutsider } from "#testing/trail/export-file.ts";

const KEY = "MCowBQYDK2VwAyEASuQp9jgJbufZ8zLbKD/8wHqZe5NZlgBG+eUVqcR13rc=";

test("the outsider's script says that nothing was checked when it cannot read its input", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "outsider-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const csv = path.join(folder, "trail.csv");
  await writeFile(csv, '"seq","id"\n1,"a"\n');
  const answers = await Promise.all([
    askOutsider([], KEY),
    askOutsider("/no/such/file", KEY),
    askOutsider(csv, "no key"),
    askOutsider(csv, KEY),
  ]);
  const said = ["Use: node", "/no/such/file cannot be read", '"no key" is no public key', "is CSV"];
  for (const [index, answer] of answers.entries()) {
    expect(answer.code).toBe(2);
    expect(answer.said).toContain("Nothing was checked. ");
    expect(answer.said).toContain(said[index]);
  }
});
