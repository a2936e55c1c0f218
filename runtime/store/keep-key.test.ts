import { rmSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { aDataDir, startRuntimeProcess } from "../testing/a-runtime.ts";
import { Store } from "./store.ts";

test("a key that is missing beside a database is reported as an error with its effects, and the runtime goes on", async () => {
  const dataDir = aDataDir();
  const errors: unknown[] = [];
  new Store(dataDir, (error) => errors.push(error)).close();
  new Store(dataDir, (error) => errors.push(error)).close();
  expect(errors).toEqual([]);
  const key = path.join(dataDir, "pseudonyms.key");
  rmSync(key);
  const runtime = await startRuntimeProcess({
    CONSOLE_URL: "http://127.0.0.1:9",
    RUNTIME_TOKEN: "any",
    WEBHOOK_URL: "http://127.0.0.1:9",
    RUNTIME_DATA_DIR: dataDir,
  });
  const line = runtime
    .log()
    .split("\n")
    .find((text) => text.includes(key));
  expect(JSON.parse(line ?? "{}")).toMatchObject({
    level: 50,
    msg: expect.stringMatching(/dropped before may be delivered.*cannot be read/),
  });
  expect(statSync(key).size).toBeGreaterThan(0);
});
