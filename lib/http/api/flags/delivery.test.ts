import http from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { startConsole } from "#testing/http/console-process.ts";
import { openStream } from "#testing/http/read-stream.ts";
import { serveApi, serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { flagFeed } from "../../../flags/flag-feed.ts";
import { setFlag } from "../../../flags/set-flag.ts";
import { revokeToken } from "../../../tokens/revoke-token.ts";

const database = useTestDatabase();

const WORDS = { reason: "A test of the delivery" };

type Served = { url: string; readListeners: () => Promise<number>; close: () => Promise<void> };

/** Serves in this process, which also makes the flips. */
async function serveHere(serve: typeof serveApi): Promise<Served> {
  const readListeners = async () => flagFeed().listenerCount;
  return { ...(await serve()), readListeners };
}

/** Serves in another process, so that each flip, token and revocation comes from a different instance. */
async function serveApart(): Promise<Served> {
  const { url, readListeners, kill } = await startConsole({ databaseUrl: database.appUrl() });
  return { url, readListeners, close: kill };
}

describe.each([
  ["the routes", () => serveHere(serveApi)],
  ["the fast lane", () => serveHere(serveApiWithFastLane)],
  ["another instance", serveApart],
])("%s", (_, serve) => {
  let server: Served;
  let headers: Record<string, string>;

  beforeAll(async () => {
    server = await serve();
    const { secret } = await aToken({ scopes: ["flags:read"] });
    headers = { authorization: `Bearer ${secret}` };
  });
  afterAll(() => server.close());

  const poll = (more: Record<string, string> = {}, query = "") =>
    fetch(`${server.url}/api/v1/flags${query}`, { headers: { ...headers, ...more } });
  /** The server's cursor, once the server has caught up with this process. */
  const readCursor = async () => {
    await flagFeed().refresh(5_000);
    const { cursor } = flagFeed().timeline ?? {};
    const readOnce = async () => ((await (await poll()).json()) as { cursor: string }).cursor;
    await expect.poll(readOnce).toBe(cursor);
    return await readOnce();
  };
  const flip = async () => {
    const phoneNumberId = await aNumber();
    return await setFlag(await aPerson("support"), { phoneNumberId, acceptsBsuid: true, ...WORDS });
  };

  test("answers the plain poll, and 304 to a client that is up to date", async () => {
    await flip();
    const cursor = await readCursor();
    const first = await poll();
    expect(Object.fromEntries(first.headers)).toMatchObject({
      etag: `"${cursor}"`,
      "cache-control": "private, no-cache",
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      vary: "accept-encoding",
    });
    expect(first.headers.has("age")).toBe(false);
    for (const tag of [`"${cursor}"`, `W/"${cursor}"`, `"x", "${cursor}"`, "*"]) {
      const same = await poll({ "if-none-match": tag });
      expect([same.status, same.headers.get("etag")]).toEqual([304, `"${cursor}"`]);
    }
    expect((await poll({ "if-none-match": `"${cursor}x"` })).status).toBe(200);
  });

  test("holds a poll with Prefer: wait until something changes", async () => {
    const cursor = await readCursor();
    const waiting = poll({ "if-none-match": `"${cursor}"`, prefer: "wait=20" });
    const delta = poll({ prefer: "respond-async, wait=20" }, `?since=${cursor}`);
    const { number, cursor: now } = await flip();
    const answer = await waiting;
    expect([answer.status, answer.headers.get("preference-applied")]).toEqual([200, "wait=20"]);
    expect(await answer.json()).toMatchObject({ kind: "snapshot", cursor: now });
    expect(await (await delta).json()).toMatchObject({
      kind: "delta",
      since: cursor,
      cursor: now,
      changes: [{ phoneNumberId: number.phoneNumberId, acceptsBsuid: true }],
    });
  });

  test("answers a wait in which nothing happened with 304, or an empty delta", async () => {
    const cursor = await readCursor();
    const nothing = await poll({ "if-none-match": `"${cursor}"`, prefer: "wait=1" });
    expect([nothing.status, nothing.headers.get("preference-applied")]).toEqual([304, "wait=1"]);
    const delta = await poll({ prefer: "wait=0" }, `?since=${cursor}`);
    expect(await delta.json()).toMatchObject({ kind: "delta", changes: [] });
  });

  test("does not wait when something changed, or without a cursor to compare", async () => {
    const stale = await poll({ "if-none-match": '"1.x"', prefer: "wait=60" });
    expect([stale.status, stale.headers.get("preference-applied")]).toEqual([200, "wait=60"]);
    const plain = await poll({ prefer: "wait=999" });
    expect([plain.status, plain.headers.has("preference-applied")]).toEqual([200, false]);
    const limited = await poll({ prefer: "wait=999" }, "?since=nonsense");
    expect(limited.headers.get("preference-applied")).toBe("wait=60");
    expect((await poll({ prefer: "wait=soon" }, "?since=nonsense")).status).toBe(200);
  });

  test("drops a waiting poll when its client leaves", async () => {
    const cursor = await readCursor();
    const leaving = new AbortController();
    const waiting = fetch(`${server.url}/api/v1/flags`, {
      headers: { ...headers, "if-none-match": `"${cursor}"`, prefer: "wait=60" },
      signal: leaving.signal,
    });
    await expect.poll(server.readListeners).toBe(1);
    leaving.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(server.readListeners).toBe(0);
  });

  test("streams a snapshot, then each flip as a delta, and resumes where the reader was", async () => {
    const cursor = await readCursor();
    const stream = await openStream(`${server.url}/api/v1/flags/stream`, headers);
    expect(stream.response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(await stream.next()).toMatchObject({ event: "snapshot", id: cursor, data: { cursor } });
    const { cursor: second, number } = await flip();
    expect(await stream.next()).toMatchObject({
      event: "delta",
      id: second,
      data: { since: cursor, cursor: second, changes: [{ phoneNumberId: number.phoneNumberId }] },
    });
    stream.leave();
    const { cursor: third } = await flip();
    expect(await readCursor()).toBe(third);
    const resume = { ...headers, "last-event-id": second };
    const again = await openStream(`${server.url}/api/v1/flags/stream`, resume);
    expect(await again.next()).toMatchObject({
      event: "delta",
      id: third,
      data: { since: second },
    });
    again.leave();
    const strange = { ...headers, "last-event-id": "99.deadbeef" };
    const other = await openStream(`${server.url}/api/v1/flags/stream`, strange);
    expect(await other.next()).toMatchObject({ event: "snapshot" });
    other.leave();
    await expect.poll(server.readListeners).toBe(0);
  });

  test("ends streams, waits and polls within a second or so of the token's revocation", async () => {
    const { id: tokenId, secret } = await aToken({ scopes: ["flags:read"] });
    const mine = { authorization: `Bearer ${secret}` };
    const cursor = await readCursor();
    const stream = await openStream(`${server.url}/api/v1/flags/stream`, mine);
    await stream.next();
    const waiting = fetch(`${server.url}/api/v1/flags`, {
      headers: { ...mine, "if-none-match": `"${cursor}"`, prefer: "wait=60" },
    });
    await expect.poll(server.readListeners).toBe(2);
    await revokeToken(aSystem("token:manage"), { tokenId, ...WORDS });
    expect(await stream.next()).toBeNull();
    expect((await waiting).status).toBe(401);
    expect((await poll(mine)).status).toBe(401);
  });

  test("compresses large answers for clients that accept it", async () => {
    for (let i = 0; i < 70; i += 1) await aNumber({ accepts: true });
    const plain = await (await fetchRaw()).body;
    expect(plain.length).toBeGreaterThan(1_000);
    const zipped = await fetchRaw("gzip, deflate;q=0.5");
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(await zipped.body)).toEqual(plain);
    const brotli = await fetchRaw("gzip, br");
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(await brotli.body)).toEqual(plain);
    expect((await fetchRaw("br;q=0, gzip;q=0.0")).headers["content-encoding"]).toBeUndefined();
  });

  /** Uses node:http, because fetch decompresses by itself. */
  async function fetchRaw(acceptEncoding?: string) {
    await readCursor();
    const accept = acceptEncoding === undefined ? {} : { "accept-encoding": acceptEncoding };
    const request = http.get(`${server.url}/api/v1/flags`, { headers: { ...headers, ...accept } });
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      request.on("response", resolve).on("error", reject);
    });
    const body = response.toArray().then((chunks: Buffer[]) => Buffer.concat(chunks));
    return { headers: response.headers, body };
  }
});
