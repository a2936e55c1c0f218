import { expect, test } from "@playwright/test";
import { openStream } from "#testing/http/read-stream.ts";
import { aNumber, bearer, readTestEnvironment } from "./api-access.ts";

// The flags routes as Next serves them, for operators who run the build without server.ts.

const { tokens, url, bareNextUrl } = await readTestEnvironment();
const flags = `${bareNextUrl}/api/v1/flags`;
const headers = bearer(tokens.runtime);

/** Flips on the other server, so that the change has to travel. */
async function flip(): Promise<string> {
  const phoneNumberId = await aNumber();
  const answer = await fetch(`${url}/api/v1/numbers/${phoneNumberId}/flag`, {
    method: "PUT",
    headers: { ...bearer(tokens.support), "content-type": "application/json" },
    body: JSON.stringify({ acceptsBsuid: true, reason: "Seen through Next as well" }),
  });
  expect(answer.status).toBe(200);
  return phoneNumberId;
}

test.beforeAll(async () => {
  await expect
    .poll(() =>
      fetch(`${bareNextUrl}/readyz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
});

test("a held poll is answered by a flip made elsewhere, with the same headers", async () => {
  const first = await fetch(flags, { headers });
  const etag = first.headers.get("etag") ?? "";
  expect((await first.json()).kind).toBe("snapshot");
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  const waiting = fetch(flags, {
    headers: { ...headers, "if-none-match": etag, prefer: "wait=30" },
  });
  const phoneNumberId = await flip();
  const answer = await waiting;
  expect([answer.status, answer.headers.get("preference-applied")]).toEqual([200, "wait=30"]);
  expect(answer.headers.get("etag")).not.toBe(etag);
  const single = await fetch(`${flags}/${phoneNumberId}`, { headers });
  expect(await single.json()).toMatchObject({ acceptsBsuid: true, known: true });
});

test("a stream brings a snapshot and then the flip, unbuffered", async () => {
  const stream = await openStream(`${flags}/stream`, headers);
  expect(stream.response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect(await stream.next()).toMatchObject({ event: "snapshot" });
  const phoneNumberId = await flip();
  for (;;) {
    const event = await stream.next();
    if (JSON.stringify(event).includes(phoneNumberId)) break;
  }
  stream.leave();
});
