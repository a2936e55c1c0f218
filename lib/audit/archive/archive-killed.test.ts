import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { asOwner } from "#testing/database/as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { askOutsider, readExport } from "#testing/trail/export-file.ts";
import { rehashTrail } from "#testing/trail/tamper.ts";
import { useArchiveFolder } from "#testing/trail/use-archive-folder.ts";
import { db } from "../../db/client.ts";
import { setFlags } from "../../flags/set-flags.ts";
import type { AuditEvent } from "../event.ts";
import { auditKeys } from "../head/audit-keys.ts";
import { newAuditKeeper } from "../jobs/audit-jobs.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import { archiveTrail } from "./archive-trail.ts";

// Entries 1 to 150 of seven months ago, so that the file takes more than one write; 151 of now.
const OLD = 150;

const archives = useArchiveFolder();

const database = useTestDatabase();
const { files } = archives;
const verify = () => verifyTrail(newAuditKeeper());
const NAMED = /^audit-000000000001-000000000150-[0-9a-f]{16}\.jsonl$/;
const UNFINISHED = /^audit-000000000001-000000000150\.unfinished$/;
const publicKey = () => auditKeys().signing.publicKey.text;

beforeAll(async () => {
  const changes = [];
  for (let count = 0; count < OLD; count += 1) {
    changes.push({ phoneNumberId: await aNumber(), acceptsBsuid: true });
  }
  await setFlags(await aPerson("support"), { changes, reason: "The trail grows" });
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET occurred_at = date_trunc('month', now()) - interval '7 months'`);
    await rehashTrail(owner, 1);
    await owner.query("UPDATE ledger SET revision_hash = head_hash");
  });
  await aNumber({ accepts: true });
});

/**
 * Archives in a process of its own, which dies by SIGKILL at one moment: before or after a call of
 * Node's file system, or of PostgreSQL's driver.
 */
const ARCHIVE = `
  import files from "node:fs/promises";
  import { syncBuiltinESMExports } from "node:module";
  import pg from "pg";
  const die = () => process.kill(process.pid, "SIGKILL");
  const { open, rename } = files;
  const { query } = pg.Client.prototype;
  const moments = {
    "before the file is whole": () => {
      files.open = async (...given) => {
        const handle = await open(...given);
        const { writeFile } = handle;
        handle.writeFile = async (text) => { await writeFile.call(handle, text); die(); };
        return handle;
      };
    },
    "before the file has its name": () => { files.rename = die; },
    "before anything leaves": () => {
      files.rename = async (...given) => { await rename(...given); die(); };
    },
    "before the commit": () => {
      pg.Client.prototype.query = function (what, ...given) {
        const text = what.text ?? what;
        if (text === "COMMIT" && this.hasTombstone) return die();
        if (String(what.values?.[0]).includes("audit.archived")) this.hasTombstone = true;
        return query.call(this, what, ...given);
      };
    },
    "after the commit": () => {},
  };
  moments[process.argv[1]]();
  syncBuiltinESMExports();
  const { archiveTrail } = await import("#lib/audit/archive/archive-trail.ts");
  const { newAuditKeeper } = await import("#lib/audit/jobs/audit-jobs.ts");
  const { setDatabase } = await import("#lib/db/client.ts");
  const { AS_OWNER } = await import("#lib/db/transaction-settings.ts");
  setDatabase(process.argv[2], AS_OWNER);
  await archiveTrail(newAuditKeeper());
  die();`;

async function archiveUntil(moment: string): Promise<void> {
  const args = ["--input-type=module", "-e", ARCHIVE, moment, database.ownerUrl()];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
}

test.each([
  ["before the file is whole", UNFINISHED, 1],
  ["before the file has its name", UNFINISHED, 0],
  ["before anything leaves", NAMED, 0],
  ["before the commit", NAMED, 0],
])(
  "killed %s, all entries stay, nobody waits, and no file counts as an archive",
  async (moment, left, code) => {
    const entries = await db().auditEvent.count();
    await archiveUntil(moment);
    const [file = "", ...others] = await files();
    expect([file, others]).toEqual([expect.stringMatching(left), []]);
    expect(await askOutsider(path.join(archives.path, file), publicKey())).toMatchObject({ code });
    await aNumber({ accepts: true });
    expect(await db().auditEvent.count()).toBe(entries + 1);
    expect(await db().auditArchive.count()).toBe(0);
    expect(await verify()).toMatchObject({ isWhole: true, archivedThrough: 0 });
  },
);

test("killed after the commit, the entries are in the file, and the next run has nothing to do", async () => {
  await archiveUntil("after the commit");
  const run = () => archiveTrail(newAuditKeeper());
  expect(await asOwner(database.ownerUrl(), run)).toEqual([]);
  expect(await verify()).toMatchObject({ isWhole: true, archivedThrough: OLD });
});

test("after all that, each entry is in one place, and an outsider can verify both as one trail", async () => {
  const [archive, ...others] = await db().auditArchive.findMany();
  expect(others).toEqual([]);
  expect(await files()).toEqual([archive?.file]);
  const { seq } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  const file = path.join(archives.path, archive?.file ?? "");
  const rest = path.join(archives.path, "rest");
  await writeFile(rest, await readExport(await anApiToken("audit:read")));
  const seqs = [...(await readSeqs(file)), ...(await readSeqs(rest))];
  expect(seqs).toEqual(Array.from({ length: Number(seq) }, (_, place) => place + 1));
  const outsider = await askOutsider([file, rest], publicKey());
  expect(outsider).toMatchObject({ code: 0 });
});

async function readSeqs(file: string): Promise<number[]> {
  const lines = (await readFile(file, "utf8")).split("\n").slice(0, -2);
  return lines.map((line) => (JSON.parse(line) as AuditEvent).seq);
}
