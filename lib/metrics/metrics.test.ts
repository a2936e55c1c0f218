import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { openStream } from "#testing/http/read-stream.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { flagFeed, stopFlagFeed } from "../flags/flag-feed.ts";
import { countUnrouted } from "../http/server/count-unrouted.ts";

useTestDatabase();

let server: Awaited<ReturnType<typeof serveApiWithFastLane>>;
let headers: Record<string, string>;
let token: string;

beforeAll(async () => {
  server = await serveApiWithFastLane();
  token = await anApiToken("flags:read");
  headers = { authorization: `Bearer ${token}` };
});
afterAll(async () => {
  await server.close();
  await stopFlagFeed();
});

async function scrape(): Promise<{ text: string; read: (sample: string) => number }> {
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const lines = text.split("\n");
  return {
    text,
    read: (sample) =>
      Number(lines.find((line) => line.startsWith(`${sample} `))?.slice(sample.length)),
  };
}

function requests(route: string, method: string, status: number): string {
  return `bsuid_console_http_requests_total{route="${route}",method="${method}",status="${status}"}`;
}

test("every line is Prometheus's text, with what the process itself measures", async () => {
  const { text, read } = await scrape();
  // "Nan" is prom-client's value for an event loop that was not measured yet; Prometheus reads it.
  const sample = /^[a-zA-Z_:][\w:]*(?:\{(?:\w+="[^"\n]*",?)*\})? (?:-?[\d.e+-]+|Nan)$/;
  for (const line of text.trim().split("\n")) {
    if (line !== "" && !/^# (?:HELP|TYPE) /.test(line)) expect(line).toMatch(sample);
  }
  expect(read("process_resident_memory_bytes")).toBeGreaterThan(1_000_000);
  expect(text).toContain("nodejs_eventloop_lag_seconds");
});

test("there are metrics for the served flags, their age, waiting clients and remembered tokens", async () => {
  await aNumber({ accepts: true });
  await flagFeed().refresh(5_000);
  const stream = await openStream(`${server.url}/api/v1/flags/stream`, headers);
  await stream.next();
  const { read } = await scrape();
  expect(read("bsuid_console_flags_loaded")).toBe(1);
  expect(read("bsuid_console_flags_revision")).toBe(flagFeed().timeline?.revision);
  expect(read("bsuid_console_flags_accepting")).toBe(1);
  expect(read("bsuid_console_flags_age_seconds")).toBe(0);
  expect(read("bsuid_console_flags_reconcile_lag_seconds")).toBeLessThan(3);
  expect(read("bsuid_console_flags_listeners")).toBe(1);
  expect(read("bsuid_console_remembered_tokens")).toBe(1);
  stream.leave();
  await expect.poll(async () => (await scrape()).read("bsuid_console_flags_listeners")).toBe(0);
});

test("requests are counted by route, method and status, the plain poll too", async () => {
  const before = await scrape();
  const grown = async (sample: string) =>
    (await scrape()).read(sample) - (before.read(sample) || 0);
  const poll = (more = {}) =>
    fetch(`${server.url}/api/v1/flags`, { headers: { ...headers, ...more } });
  const etag = (await poll()).headers.get("etag") ?? "";
  for (let i = 0; i < 3; i += 1) await poll({ "if-none-match": etag });
  const id = await aNumber();
  await fetch(`${server.url}/api/v1/flags/${id}`, { headers });
  await fetch(`${server.url}/api/v1/numbers/${id}/flag`, { method: "DELETE", headers });
  expect(await grown(requests("/api/v1/flags", "GET", 200))).toBe(1);
  expect(await grown(requests("/api/v1/flags", "GET", 304))).toBe(3);
  expect(await grown(requests("/api/v1/flags/{phoneNumberId}", "GET", 200))).toBe(1);
  expect(await grown(requests("/api/v1/numbers/{phoneNumberId}/flag", "DELETE", 405))).toBe(1);
  expect(await grown(requests("/metrics", "GET", 200))).toBeGreaterThan(0);
});

test("requests that no route answers are counted under one name, whatever its path", async () => {
  const pages = createServer((incoming, response) => {
    const isRefused = incoming.method === "TRACE";
    countUnrouted(incoming, response, { isRefused });
    response.writeHead(isRefused ? 405 : 200).end();
  });
  await once(pages.listen(0, "127.0.0.1"), "listening");
  const { port } = pages.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/numbers/106540352242922?x=1`, { method: "POST" });
  await fetch(`http://127.0.0.1:${port}/healthz`, { method: "POST" });
  const trace = request({ port, method: "TRACE", path: "/healthz" }).end();
  const [refused] = await once(trace, "response");
  refused.resume();
  pages.close();
  const { read } = await scrape();
  expect(read(requests("other", "POST", 200))).toBe(1);
  expect(read(requests("other", "TRACE", 405))).toBe(1);
});

test("the metrics contain nothing of customers or tokens, whatever a request contains", async () => {
  const id = await aNumber({ accepts: true });
  await fetch(`${server.url}/api/v1/flags/${id}?who=${id}`, { headers });
  await callApi("POST /ofrep/v1/evaluate/flags/a-secret-key", { token, body: {} });
  const { text } = await scrape();
  for (const secret of [id, token, token.slice(0, 16), "a-secret-key"]) {
    expect(text).not.toContain(secret);
  }
});

test("before the flags are loaded the metrics say so, without a query to the database", async () => {
  await stopFlagFeed();
  const { read } = await scrape();
  expect(read("bsuid_console_flags_loaded")).toBe(0);
  expect(read("bsuid_console_flags_revision")).toBeNaN();
});
