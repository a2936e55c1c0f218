import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { verifyTrail } from "#lib/audit/verify/verify-trail.ts";
import { listNumberHistory } from "#lib/numbers/list-number-history.ts";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { runScript } from "#testing/run-script.ts";
import { rehashTrail } from "#testing/trail/tamper.ts";

const database = useTestDatabase();

async function run(settings: Record<string, string>, ...args: string[]) {
  const urls = { DATABASE_URL: database.appUrl(), OWNER_DATABASE_URL: database.ownerUrl() };
  const all = { ...urls, ...settings };
  const { code, stdout, stderr } = await runScript("audit-archive.ts", { settings: all, args });
  return { code, said: stdout + stderr };
}

test("the command archives old months into files when the settings ask for it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "archive-"));
  const id = await aNumber({ accepts: true });
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      UPDATE number SET created_at = now() - interval '1 year';
      UPDATE audit_event SET occurred_at = now() - interval '300 days'`);
    await rehashTrail(owner, 1);
    await owner.query("UPDATE ledger SET revision_hash = head_hash");
  });
  const reader = aSystem("number:read", "audit:read");
  expect(await run({})).toEqual({ code: 0, said: expect.stringContaining("no entry leaves") });
  const settings = { AUDIT_RETENTION_DAYS: "365", AUDIT_ARCHIVE_DIR: folder };
  expect(await run(settings, "--now")).toEqual({ code: 1, said: expect.stringContaining("Use:") });
  expect(await run(settings)).toEqual({ code: 0, said: expect.stringContaining("No whole month") });
  expect(await run({ ...settings, OWNER_DATABASE_URL: "" })).toEqual({
    code: 1,
    said: expect.stringContaining("OWNER_DATABASE_URL is not set"),
  });
  expect(await listNumberHistory(reader, id, {})).toMatchObject({ archived: null });

  const { code, said } = await run({ ...settings, AUDIT_RETENTION_DAYS: "90" });
  expect({ code, said }).toEqual({
    code: 0,
    said: expect.stringMatching(/1 to 1 left into audit-/),
  });
  const [file = ""] = await readdir(folder);
  expect(said).toContain(file);
  expect(await verifyTrail(reader)).toMatchObject({
    isWhole: true,
    archivedThrough: 1,
    revision: 1,
  });
  const archived = { throughSeq: 1, until: expect.any(String) };
  expect(await listNumberHistory(reader, id, {})).toEqual({
    items: [],
    nextCursor: null,
    archived,
  });
  const younger = await aNumber();
  expect(await listNumberHistory(reader, younger, {})).toMatchObject({ archived: null });
  await rm(folder, { recursive: true });
});
