import { chmod, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { removeDataDir } from "#postgres/temporary.ts";
import { withClient } from "#postgres/with-client.ts";
import { keepSecrets } from "./console-secrets.ts";
import { openEmbeddedDatabase } from "./embedded-database.ts";

const toEnd: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const end of toEnd.splice(0).reverse()) await end();
});

test("a demo from before the first release is set aside, and a new one takes its place", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bsuid-console-test-"));
  toEnd.push(() => removeDataDir(dataDir));
  await chmod(dataDir, 0o711);
  const output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const secrets = await keepSecrets(dataDir);
  const headJournal = path.join(dataDir, "audit-heads.jsonl");
  const { signal } = new AbortController();
  const open = () =>
    openEmbeddedDatabase({
      ...{ dataDir, headJournal, secrets, signal },
      onStarted: (stop) => toEnd.push(stop),
    });
  const first = await open();
  await writeFile(headJournal, "");
  await withClient(first.ownerUrl, (client) =>
    client.query(`
      UPDATE _prisma_migrations SET migration_name = '20261122000000_foundation';
      CREATE TABLE made_by_hand ()`),
  );
  await toEnd.pop()?.();

  const { appUrl } = await open();
  const { rows } = await withClient(appUrl, (client) =>
    client.query(`
      SELECT to_regclass('made_by_hand') AS old, (SELECT count(*)::int FROM number) > 0 AS "isFilled",
        (SELECT count(*)::int FROM pg_database WHERE datname ~ '^console_until_[0-9]+$') AS "setAside"`),
  );
  expect(rows).toEqual([{ old: null, isFilled: true, setAside: 1 }]);
  const printed = output.mock.calls.map(([text]) => String(text)).join("");
  const journals = (await readdir(dataDir)).filter((name) => name.startsWith("audit-heads"));
  expect(journals).toEqual([expect.stringMatching(/^audit-heads\.jsonl\.until-\d+$/)]);
  expect(printed).toMatch(/before the first release.*It is kept as console_until_\d+/);
  // It makes two clusters and fills a demo.
}, 60_000);
