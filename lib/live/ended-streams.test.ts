import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { aSession, openLive, until, untilFlag } from "#testing/http/open-live.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { db } from "../db/client.ts";
import { flagFeed } from "../flags/flag-feed.ts";
import { setFlag } from "../flags/set-flag.ts";
import { signOutEverywhere } from "../people/sign-out-everywhere.ts";
import { endSession } from "../sessions/end-session.ts";
import { MAX_STREAMS_A_SESSION } from "./live-hub.ts";

const database = useTestDatabase();

let server: Awaited<ReturnType<typeof serveApiWithFastLane>>;

beforeAll(async () => {
  server = await serveApiWithFastLane();
  await flagFeed().refresh(5_000);
});
afterAll(() => server.close());

describe("a stream ends", () => {
  const endings = {
    "its session does": (session: Awaited<ReturnType<typeof aSession>>) =>
      endSession(session, { sessionId: session.sessionId }),
    "its person signs out everywhere": async (session: Awaited<ReturnType<typeof aSession>>) => {
      await signOutEverywhere(session, { personId: session.id });
    },
    "its person is disabled": async ({ id }: Awaited<ReturnType<typeof aSession>>) => {
      await db().person.update({ where: { id }, data: { disabledAt: new Date() } });
    },
  };
  test.each(Object.entries(endings))("within a second when %s", async (_, end) => {
    const session = await aSession();
    const stream = await openLive(server, session);
    await until(stream, "open");
    await end(session);
    const endedAt = performance.now();
    await until(stream, "ended");
    expect(await stream.next()).toBeNull();
    expect(performance.now() - endedAt).toBeLessThan(1_000);
  });

  test("within ten seconds when nothing announces the end", async () => {
    const session = await aSession();
    const stream = await openLive(server, session);
    await until(stream, "open");
    await withClient(database.ownerUrl(), async (owner) => {
      await owner.query("SET session_replication_role = replica");
      await owner.query("UPDATE session SET ended_at = now() WHERE id = $1", [session.sessionId]);
    });
    const endedAt = performance.now();
    await until(stream, "ended");
    expect(performance.now() - endedAt).toBeLessThan(10_500);
  }, 15_000);

  test("when its session has opened too many others since", async () => {
    const session = await aSession();
    const open = async () => {
      const stream = await openLive(server, session);
      await until(stream, "open");
      return stream;
    };
    const oldest = await open();
    const others = [];
    for (let count = 0; count < MAX_STREAMS_A_SESSION; count += 1) others.push(await open());
    await expect(until(oldest, "ended")).rejects.toThrow("The stream ended");
    const phoneNumberId = await aNumber();
    const flip = { phoneNumberId, acceptsBsuid: true, reason: "A test of what is live" };
    await setFlag(aSystem("flag:set"), flip);
    for (const stream of others) {
      await untilFlag(stream, (ids) => ids.includes(phoneNumberId));
      stream.leave();
    }
  });
});
