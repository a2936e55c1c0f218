import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { aSession, openLive, until, untilFlag } from "#testing/http/open-live.ts";
import { reportNow } from "#testing/http/report.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { db } from "../db/client.ts";
import { FlagFeed, flagFeed } from "../flags/flag-feed.ts";
import { setFlag } from "../flags/set-flag.ts";
import { setFlags } from "../flags/set-flags.ts";
import { LiveHub, liveHub } from "./live-hub.ts";

const query = vi.spyOn(pg.Client.prototype, "query");
useTestDatabase();

const REASON = "A test of what is live";
let server: Awaited<ReturnType<typeof serveApiWithFastLane>>;

beforeAll(async () => {
  server = await serveApiWithFastLane();
  await flagFeed().refresh(5_000);
});
afterAll(() => server.close());

async function flip(actor: Parameters<typeof setFlag>[0] = aSystem("flag:set")) {
  const phoneNumberId = await aNumber();
  const { number } = await setFlag(actor, { phoneNumberId, acceptsBsuid: true, reason: REASON });
  return { phoneNumberId, revision: number.flagRevision };
}

describe("a change", () => {
  test("is told as ids and versions, within a second, to others and to who did it", async () => {
    const actor = await aSession();
    const [own, other] = [await openLive(server, actor), await openLive(server, await aSession())];
    await Promise.all([until(own, "open"), until(other, "open")]);
    const { phoneNumberId, revision } = await flip(actor);
    const flippedAt = performance.now();
    const data = { kind: "flag", ids: [phoneNumberId], revision };
    expect((await until(other, "flag")).data).toEqual(data);
    expect((await until(own, "flag")).data).toEqual({ ...data, own: true });
    expect(performance.now() - flippedAt).toBeLessThan(1_000);
    own.leave();
    other.leave();
  });

  test("of what the trail does not have is told by its kind alone, a notice only to its person", async () => {
    const person = await aSession();
    const [own, other] = [await openLive(server, person), await openLive(server, await aSession())];
    await Promise.all([until(own, "open"), until(other, "open")]);
    await reportNow({ instanceId: "rt-live" });
    const data = { kind: "runtime", ids: [] };
    expect((await until(own, "runtime")).data).toEqual(data);
    expect((await until(other, "runtime")).data).toEqual(data);
    const subject = crypto.randomUUID();
    const notice = { personId: person.id, kind: "request.opened", subject, data: {} };
    await db().notice.create({ data: notice });
    expect((await until(own, "notice")).data).toEqual({ kind: "notice", ids: [] });
    await flip();
    const next = await other.next();
    expect(next?.data).toMatchObject({ kind: "flag" });
    own.leave();
    other.leave();
  });

  test("of more things than can be named names none", async () => {
    const stream = await openLive(server, await aSession());
    await until(stream, "open");
    const changes = await Promise.all(
      Array.from({ length: 101 }, async () => ({
        phoneNumberId: await aNumber(),
        acceptsBsuid: true,
      })),
    );
    await setFlags(aSystem("flag:set"), { changes, reason: REASON });
    const { data } = await untilFlag(stream, (ids) => ids.length === 0);
    expect(data).toMatchObject({ kind: "flag", ids: [] });
    stream.leave();
  });

  test("costs one query with 500 streams open", async () => {
    const { id: personId, sessionVersion } = await aSession();
    const expiresAt = new Date(Date.now() + 60_000);
    const sessions = Array.from({ length: 125 }, () => ({ sessionId: crypto.randomUUID() }));
    await db().session.createMany({
      data: sessions.map(({ sessionId: id }) => {
        return { id, personId, sessionVersion, method: "password", expiresAt };
      }),
    });
    const each = sessions.flatMap((session) => Array.from({ length: 4 }, () => session));
    const streams = await Promise.all(each.map((session) => openLive(server, session)));
    await Promise.all(streams.map((stream) => until(stream, "open")));
    expect(liveHub().streamCount).toBeGreaterThanOrEqual(500);
    query.mockClear();
    const { phoneNumberId } = await flip();
    const isIt = (ids: string[]) => ids.includes(phoneNumberId);
    await Promise.all(streams.map((stream) => untilFlag(stream, isIt)));
    const texts = query.mock.calls.map(([statement]: unknown[]) => {
      return typeof statement === "string" ? statement : (statement as { text: string }).text;
    });
    const reads = texts.filter((text) => /FROM "public"."audit_event"/.test(text));
    expect(reads).toHaveLength(1);
    expect(texts.filter((text) => /FROM "public"."session"/.test(text)).length).toBeLessThan(2);
    for (const stream of streams) stream.leave();
    await expect.poll(() => liveHub().streamCount).toBeLessThan(10);
  }, 30_000);
});

describe("a stream that comes back", () => {
  test("gets what it missed, once", async () => {
    const session = await aSession();
    const first = await openLive(server, session);
    const { id } = await until(first, "open");
    first.leave();
    const { phoneNumberId } = await flip();
    const second = await openLive(server, session, { headers: { "last-event-id": id } });
    const missed = await until(second, "flag");
    expect(missed.data).toMatchObject({ ids: [phoneNumberId] });
    const last = { headers: { "last-event-id": missed.id } };
    second.leave();
    const third = await openLive(server, session, last);
    await until(third, "open");
    const next = await flip();
    expect((await until(third, "flag")).data).toMatchObject({ ids: [next.phoneNumberId] });
    third.leave();
  });

  test("with an id of another trail is told to read everything again", async () => {
    const headers = { "last-event-id": "7.00000000" };
    const stream = await openLive(server, await aSession(), { headers });
    expect(await until(stream, "reset")).toMatchObject({ data: {} });
    stream.leave();
  });

  test("begins with what changed since its page was asked for", async () => {
    const session = await aSession();
    // What other tests flipped lies outside the margin of a second.
    await sleep(1_500);
    const { phoneNumberId } = await flip();
    await sleep(100);
    const stream = await openLive(server, session, { ageMs: 300 });
    expect((await until(stream, "flag")).data).toMatchObject({
      ids: expect.arrayContaining([phoneNumberId]),
    });
    stream.leave();
  });
});

describe("a hub", () => {
  const start = { lastEventId: null, ageMs: 0 };

  test("has room for so many streams, and says so when it has no more", async () => {
    const hub = new LiveHub(flagFeed(), { maxStreams: 2, heartbeatMs: 1_000 });
    const { sessionId } = await aSession();
    const open = () => hub.open(sessionId, { write: () => {}, end: () => {} }, start);
    const leave = await open();
    await open();
    await expect(open()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    leave();
    await open();
    hub.stop();
  });

  test("shows that it lives while the database is in reach, and only then", async () => {
    const away = new FlagFeed("postgresql://nobody:nothing@127.0.0.1:9/nowhere");
    away.start();
    const { sessionId } = await aSession();
    const listen = async (feed: FlagFeed) => {
      const hub = new LiveHub(feed, { maxStreams: 1, heartbeatMs: 50 });
      let beats = 0;
      const write = (text: string) => {
        if (text === ":\n\n") beats += 1;
      };
      await hub.open(sessionId, { write, end: () => {} }, start);
      await sleep(300);
      hub.stop();
      return beats;
    };
    expect(await listen(flagFeed())).toBeGreaterThan(2);
    expect(await listen(away)).toBe(0);
    await away.stop();
  });
});
