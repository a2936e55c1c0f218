import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { rounds } from "#testing/rounds.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { setFlags } from "./set-flags.ts";

const database = useTestDatabase();

const REASON = "Killed in the middle";
const FLIP_EVERYTHING = `
  import { setFlags } from "#lib/flags/set-flags.ts";
  const { actor, ids } = JSON.parse(process.argv[1]);
  for (let accepts = true; ; accepts = !accepts) {
    const changes = ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: accepts }));
    const { cursor } = await setFlags(actor, { changes, reason: "${REASON}" });
    process.stdout.write(cursor + "\\n");
  }`;

/** The same by calls of one number each, which share a transaction. */
const FLIP_EACH = `
  import { setFlags } from "#lib/flags/set-flags.ts";
  const { actor, ids } = JSON.parse(process.argv[1]);
  for (let accepts = true; ; accepts = !accepts) {
    const results = await Promise.all(ids.map((phoneNumberId) => setFlags(actor, {
      changes: [{ phoneNumberId, acceptsBsuid: accepts }], reason: "${REASON}" })));
    process.stdout.write(results.at(-1).cursor + "\\n");
  }`;

/** A process of its own that flips all numbers together, on and off, until it is killed. */
async function startFlipping(ids: string[], program = FLIP_EVERYTHING) {
  const input = JSON.stringify({ actor: await aPerson("support"), ids });
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, input], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { kill, firstCursor: once(child.stdout, "data") };
}

test.each([
  ["a bulk change", FLIP_EVERYTHING],
  ["a group of flips", FLIP_EACH],
])("a process killed at any moment leaves all of %s or nothing", async (_, program) => {
  const ids = await Promise.all([aNumber(), aNumber(), aNumber(), aNumber()]);
  for (const round of rounds(5)) {
    const flipping = await startFlipping(ids, program);
    await flipping.firstCursor;
    await sleep(((round - 1) * 7) % 100);
    await flipping.kill();
    const numbers = await db().number.findMany({ where: { phoneNumberId: { in: ids } } });
    expect(new Set(numbers.map(({ acceptsBsuid }) => acceptsBsuid)).size).toBe(1);
    expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
  }
});

test("a process killed between the flag and its event leaves nothing, and blocks nobody", async () => {
  const ids = [await aNumber()];
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$`);
    await owner.query(`CREATE TRIGGER wait_here BEFORE INSERT ON audit_event
      FOR EACH STATEMENT EXECUTE FUNCTION wait_here()`);
    const flipping = await startFlipping(ids);
    await until(() => isWaiting(owner));
    await flipping.kill();
    await owner.query("DROP TRIGGER wait_here ON audit_event").catch(() => {});
  });
  expect(await db().number.findMany({ where: { phoneNumberId: { in: ids } } })).toMatchObject([
    { acceptsBsuid: false, flagVersion: 0 },
  ]);
  const changes = ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
  const after = await setFlags(await aPerson("support"), { changes, reason: REASON });
  expect(after.changed).toHaveLength(1);
});

async function isWaiting(owner: pg.Client): Promise<boolean> {
  const { rowCount } = await owner.query(
    "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
  );
  return rowCount === 1;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(20);
}
