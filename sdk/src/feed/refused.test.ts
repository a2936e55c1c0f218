import type { ServerResponse } from "node:http";
import { expect, test, vi } from "vitest";
import { aClient, aServer, codesOf } from "../../testing/a-client.ts";
import type { ContractServer } from "../../testing/contract-server.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { FlagClientError, type FlagClientErrorCode } from "../flag-client-error.ts";
import { backoffMs } from "./backoff.ts";

const ONE = "106540352242922";
const REPORTS = "/api/v1/reports";

type Answer = (response: ServerResponse) => void;

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end();
const body =
  (type: string, text: string, code = 200): Answer =>
  (response) =>
    response.writeHead(code, { "Content-Type": type }).end(text);

/** Answers of something in front of the console. */
const ANSWERS: [string, Answer][] = [
  ["401", status(401, { "WWW-Authenticate": "Bearer" })],
  ["403", status(403)],
  ["404", status(404)],
  ["407", status(407, { "Proxy-Authenticate": "Basic" })],
  ["410", status(410)],
  ["421", status(421)],
  ["451", status(451)],
  ["511 of a captive portal", body("text/html", "<p>Log in</p>", 511)],
  ["a redirect to a login", status(302, { Location: "/login" })],
  ["a redirect for good", status(308, { Location: "https://elsewhere.test/" })],
  ["204", status(204)],
  ["304 for another state", status(304, { ETag: '"999.ffffffff"' })],
  ["a page with status 200", body("text/html", "<!doctype html><p>Log in</p>")],
  ["a proxy's JSON", body("application/json", '{"error":"blocked","status":"ok"}')],
  ["an empty body", body("application/json", "")],
  ["an empty snapshot of nothing", body("application/json", '{"kind":"snapshot","accepts":[]}')],
  ["half a snapshot", body("application/json", '{"kind":"snapshot","cursor":"9.aaaaaaaa","rev')],
  [
    "a body that is cut off",
    (response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "1000" });
      response.write('{"kind":"snapshot"', () => response.destroy());
    },
  ],
];

function refuseAll(server: ContractServer, answer: Answer): void {
  server.fault = (_, response) => {
    answer(response);
    return true;
  };
  for (const stream of server.streams.keys()) stream.destroy();
}

test.each(ANSWERS)(
  "%s neither stops nor clears the flags, and passes by itself",
  async (_, answer) => {
    const server = await aServer();
    server.flags.begin([ONE]);
    const { client, events } = aClient(server.url, { reportIntervalMs: 50 });
    await client.ready({ timeoutMs: 5_000 });
    client.count(ONE, "legacy");
    refuseAll(server, answer);
    await waitUntil(() => codesOf(events).length >= 4);
    client.count(ONE, "legacy");
    expect(client.acceptsBsuid(ONE)).toBe(true);
    server.flags.set(ONE, false);
    server.fault = () => false;
    await waitUntil(() => !client.acceptsBsuid(ONE));
    await waitUntil(() => client.status().refused.length === 0);
    await client.close();
    const rows = [...server.counted.values()].flatMap(({ counts }) => counts);
    expect(rows.reduce((sum, { legacy }) => sum + Number(legacy), 0)).toBe(2);
  },
);

test("a refused token is an error, emits events at its beginning and end, and shows in the status", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  refuseAll(server, status(401));
  const findRefused = () => client.status().refused.find(({ what }) => what === "flags");
  await waitUntil(findRefused);
  expect(findRefused()).toMatchObject({
    code: "UNAUTHENTICATED",
    status: 401,
    until: null,
  });
  expect(client.status().lastError).toMatchObject({ level: "error", status: 401 });
  server.fault = () => false;
  await waitUntil(() => client.status().mode === "stream");
  await waitUntil(() => client.status().refused.length === 0);
  const names = events.flatMap(({ name, event }) => {
    const isOfFlags = (name === "refused" || name === "recovered") && event.what === "flags";
    return isOfFlags ? [name] : [];
  });
  expect(names).toEqual(["refused", "recovered"]);
});

test("a refusal that goes on shows its latest answer, and counts as one refusal", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url, { reportIntervalMs: 60_000 });
  await client.ready({ timeoutMs: 5_000 });
  const refused = () => client.status().refused.find(({ what }) => what === "flags");
  refuseAll(server, status(404));
  await waitUntil(() => refused()?.status === 404);
  const since = refused()?.since;
  refuseAll(server, status(401));
  await waitUntil(() => refused()?.status === 401);
  expect(refused()).toMatchObject({ code: "UNAUTHENTICATED", since, until: null });
  server.fault = () => false;
  await waitUntil(() => !refused());
  const ofFlags = events.flatMap(({ name, event }) =>
    (name === "refused" || name === "recovered") && event.what === "flags"
      ? [[name, event.status]]
      : [],
  );
  expect(ofFlags).toEqual([
    ["refused", 404],
    ["recovered", 401],
  ]);
});

test("the next report tells of a refusal that the console never saw", async () => {
  const server = await aServer();
  const { client } = aClient(server.url, { reportIntervalMs: 50 });
  await client.ready({ timeoutMs: 5_000 });
  refuseAll(server, status(403));
  await waitUntil(() => client.status().refused.some(({ what }) => what === "flags"));
  server.fault = () => false;
  await waitUntil(() => server.reports.at(-1)?.refusal?.until);
  expect(server.reports.at(-1)?.refusal).toMatchObject({ status: 403 });
});

test("after a refused token the client asks more slowly than when the console is away, and never in step", () => {
  const timing = { baseBackoffMs: 1_000, maxBackoffMs: 10_000, maxRefusedBackoffMs: 60_000 };
  const waits = (code: FlagClientErrorCode, attempt: number) =>
    Array.from({ length: 500 }, () => backoffMs(timing, attempt, new FlagClientError(code, "")));
  expect(Math.max(...waits("UNAUTHENTICATED", 0))).toBeLessThanOrEqual(1_000);
  expect(Math.max(...waits("CONNECTION", 100))).toBeLessThanOrEqual(10_000);
  const slow = waits("UNAUTHENTICATED", 100);
  expect(Math.max(...slow)).toBeLessThanOrEqual(60_000);
  expect(Math.max(...slow)).toBeGreaterThan(40_000);
  expect(Math.min(...slow)).toBeLessThan(20_000);
});

test("with a token that is wrong from the start, ready rejects in time with the reason, and the client goes on", async () => {
  const server = await aServer();
  const { client } = aClient(server.url, { token: "later-known" });
  const failure = client.ready({ timeoutMs: 200 });
  await expect(failure).rejects.toMatchObject({ code: "NOT_READY", cause: { status: 401 } });
  server.token = "later-known";
  await client.ready({ timeoutMs: 5_000 });
});

test("if only the stream is refused, the flags come by polls", async () => {
  const server = await aServer();
  server.fault = (_, response, path) => {
    if (path.endsWith("/stream")) response.writeHead(403).end();
    return path.endsWith("/stream");
  };
  const { client } = aClient(server.url, { timing: { streamRetryMs: 60_000 } });
  await client.ready({ timeoutMs: 5_000 });
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
  await waitUntil(() => client.status().refused.length === 0);
});

test("a refused check beside a working stream is reported, and the stream stays", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url, { reportIntervalMs: 60_000 });
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => client.status().mode === "stream");
  server.fault = (_, response, path) => {
    if (path === "/api/v1/flags") response.writeHead(401).end();
    return path === "/api/v1/flags";
  };
  await waitUntil(() => codesOf(events).includes("UNAUTHENTICATED"));
  expect(client.status().mode).toBe("stream");
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
  // The stream's messages do not end the refusal; only an answered check does.
  expect(client.status().refused).toMatchObject([{ what: "flags", status: 401 }]);
  server.fault = () => false;
  await waitUntil(() => client.status().refused.length === 0);
  expect(events.filter(({ name }) => name === "refused")).toHaveLength(1);
});

test("an error without a listener is written to standard error, unless it passes by itself", async () => {
  const server = await aServer();
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    const { client } = aClient(server.url, { isUnheard: true });
    await client.ready({ timeoutMs: 5_000 });
    server.fault = (_, response) => {
      response.writeHead(503).end();
      return true;
    };
    for (const stream of server.streams.keys()) stream.destroy();
    await waitUntil(() => client.status().lastError?.code === "UNAVAILABLE");
    expect(written).not.toHaveBeenCalled();
    refuseAll(server, status(401));
    await waitUntil(() => written.mock.calls.length > 0);
    expect(String(written.mock.calls[0]?.[0])).toContain("UNAUTHENTICATED");
  } finally {
    written.mockRestore();
  }
});

test("a login page in answer to a report does not confirm it", async () => {
  const server = await aServer();
  server.fault = (request, response, path) => {
    if (path === REPORTS) request.resume().on("end", () => body("text/html", "<p>")(response));
    return path === REPORTS;
  };
  const { client, events } = aClient(server.url, { reportIntervalMs: 50 });
  await client.ready({ timeoutMs: 5_000 });
  client.count(ONE, "legacy");
  await waitUntil(() => codesOf(events).includes("UNEXPECTED_ANSWER"));
  expect(client.status().refused).toMatchObject([{ what: "reports", status: 200 }]);
  server.fault = () => false;
  await waitUntil(() => server.counted.size > 0);
  expect([...server.counted.values()][0]?.counts).toMatchObject([{ legacy: 1 }]);
});
