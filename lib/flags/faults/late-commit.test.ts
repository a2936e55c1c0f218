import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { Follower } from "#testing/http/follow-flags.ts";

const database = useTestDatabase();
let consoles: ConsoleProcess[] = [];
let support: string;
let runtime: string;

beforeAll(async () => {
  support = await anApiToken("support");
  runtime = await anApiToken("flags:read");
  consoles = await Promise.all([1, 2].map(() => startConsole({ databaseUrl: database.appUrl() })));
});
afterAll(() => Promise.all(consoles.map((one) => one.kill())));

async function flip(url: string, phoneNumberId: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/numbers/${phoneNumberId}/flag`, {
    method: "PUT",
    headers: { authorization: `Bearer ${support}`, "content-type": "application/json" },
    body: JSON.stringify({ acceptsBsuid: true, reason: "One of them comes late" }),
  });
  return answer.status;
}

test("a flip whose commit comes late, with others behind it, is seen by every client, in order", async () => {
  const late = await aNumber();
  const others = await Promise.all(Array.from({ length: 10 }, () => aNumber()));
  const followers = consoles.flatMap(({ url }) =>
    (["stream", "wait", "poll"] as const).map((how) => new Follower({ url, token: runtime, how })),
  );
  await expect.poll(() => followers.every((one) => one.cursor !== "")).toBe(true);
  const urls = consoles.map(({ url }) => url);

  await withClient(database.ownerUrl(), async (owner) => {
    // Deferred: this sleeps inside the commit, after all of the flip's own work.
    await owner.query(`CREATE FUNCTION come_late() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN PERFORM pg_sleep(2); RETURN NULL; END $$`);
    await owner.query(`CREATE CONSTRAINT TRIGGER zz_come_late AFTER UPDATE ON number
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
      WHEN (NEW.phone_number_id = '${late}') EXECUTE FUNCTION come_late()`);
    const isSleeping = () =>
      owner.query("SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    const committing = flip(urls[0] ?? "", late);
    await expect.poll(async () => (await isSleeping()).rowCount).toBe(1);
    const overtaking = others.map((id, index) => flip(urls[index % 2] ?? "", id));
    expect(await Promise.all([committing, ...overtaking])).toEqual(Array(11).fill(200));
    const { rows } = await owner.query<{ id: string }>(
      "SELECT target_id AS id FROM audit_event WHERE revision IS NOT NULL ORDER BY revision",
    );
    expect(rows[0]?.id).toBe(late);
  });

  for (const one of followers) {
    await expect.poll(() => one.accepts.size).toBe(11);
    await one.stop();
    expect(one.faults).toEqual([]);
  }
});
