import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSession, OWN_ORIGIN, openLive } from "#testing/http/open-live.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { liveHub } from "../../live/live-hub.ts";
import { makeTicket, signTicket } from "../../live/live-ticket.ts";
import { endSession } from "../../sessions/end-session.ts";

const database = useTestDatabase();

let server: Awaited<ReturnType<typeof serveApiWithFastLane>>;

beforeAll(async () => {
  server = await serveApiWithFastLane();
});
afterAll(() => server.close());

type Stream = Awaited<ReturnType<typeof openLive>>;

const refusalOf = async ({ response }: Stream) => [
  response.status,
  response.headers.get("content-type"),
];
const PROBLEM = "application/problem+json";

describe("a ticket", () => {
  test("opens the stream of its session, with the headers of a stream", async () => {
    const stream = await openLive(server, await aSession());
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(stream.response.headers.get("cache-control")).toBe("no-store, no-transform");
    expect(stream.response.headers.get("x-accel-buffering")).toBe("no");
    expect(await stream.next()).toMatchObject({ event: "open", data: {} });
    stream.leave();
  });

  test("of nobody, forged, of another origin or another session's is 401", async () => {
    const session = await aSession();
    const ticket = makeTicket({ sessionId: session.sessionId, origin: OWN_ORIGIN });
    const other = (await aSession()).sessionId;
    const [expires = "", , mac = ""] = ticket.split(".");
    const tickets = [
      "",
      "x",
      `${expires}.${session.sessionId}.${mac.startsWith("A") ? "B" : "A"}${mac.slice(1)}`,
      `${Number(expires) + 1}.${session.sessionId}.${mac}`,
      `${expires}.${other}.${mac}`,
      makeTicket({ sessionId: session.sessionId, origin: "https://console.example" }),
    ];
    for (const wrong of tickets) {
      const stream = await openLive(server, session, { headers: { "x-live-ticket": wrong } });
      expect(await refusalOf(stream), wrong).toEqual([401, PROBLEM]);
    }
  });

  test("is good for a minute, and no longer", async () => {
    const session = await aSession();
    const of = { sessionId: session.sessionId, origin: OWN_ORIGIN };
    const life = Number.parseInt(makeTicket(of), 10) - Date.now();
    expect(life).toBeGreaterThan(59_000);
    expect(life).toBeLessThanOrEqual(60_000);
    for (const [leftMs, status] of [
      [1_000, 200],
      [-1, 401],
    ] as const) {
      const ticket = signTicket({ ...of, expires: Date.now() + leftMs });
      const stream = await openLive(server, session, { headers: { "x-live-ticket": ticket } });
      expect(stream.response.status, `${leftMs} ms before its end`).toBe(status);
      stream.leave();
    }
  });

  test("of a session that has ended is 401", async () => {
    const session = await aSession();
    await endSession(session, { sessionId: session.sessionId });
    expect(await refusalOf(await openLive(server, session))).toEqual([401, PROBLEM]);
  });

  test.each([
    ["another site's page", { "sec-fetch-site": "cross-site" }],
    ["another port's page", { "sec-fetch-site": "same-site" }],
    ["a navigation", { "sec-fetch-site": "none" }],
    ["another origin", { origin: "https://elsewhere.example" }],
  ])("from %s is 403", async (_, headers) => {
    const stream = await openLive(server, await aSession(), { headers });
    expect(await refusalOf(stream)).toEqual([403, PROBLEM]);
  });

  test("is taken by GET alone", async () => {
    const answer = await fetch(`${server.url}/live`, { method: "POST" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET"]);
  });
});

test("a stream whose reader takes nothing ends, and costs no memory until then", async () => {
  const session = await aSession();
  const ticket = makeTicket({ sessionId: session.sessionId, origin: OWN_ORIGIN });
  const before = liveHub().streamCount;
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.pause();
  socket.write(`GET /live HTTP/1.1\r\nHost: x\r\nX-Live-Ticket: ${ticket}\r\n\r\n`);
  await expect.poll(() => liveHub().streamCount).toBe(before + 1);
  // Enough to fill the buffers of both ends of the connection.
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`DO $$ BEGIN FOR n IN 1..60000 LOOP
        PERFORM pg_notify('live', 'notice ${session.id}'); COMMIT; END LOOP; END $$`),
  );
  await expect.poll(() => liveHub().streamCount, { timeout: 10_000 }).toBe(before);
  socket.destroy();
  await once(socket, "close");
}, 30_000);
