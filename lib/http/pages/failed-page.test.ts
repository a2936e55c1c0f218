import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { replaceFailedPage } from "./failed-page.ts";
import { noticeUnavailablePage } from "./unavailable-pages.ts";
import { isUnreadable, noticeUnreadable } from "./unreadable-requests.ts";

const HTML = { "content-type": "text/html; charset=utf-8", link: "</style.css>; rel=preload" };

/** What a browser receives when `answer` writes the response. */
async function ask(answer: (response: ServerResponse) => void, init: RequestInit = {}) {
  const server = createServer((request, response) => {
    replaceFailedPage(request, response, "the-request-id");
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const got = await fetch(`http://127.0.0.1:${port}/`, init);
  return { status: got.status, headers: got.headers, body: await got.text() };
}

/** Sends a page in the order in which Next does. */
function sendStreamed(response: ServerResponse): void {
  response.statusCode = 500;
  for (const [name, value] of Object.entries(HTML)) response.setHeader(name, value);
  response.setHeader("strict-transport-security", "max-age=31536000");
  response.flushHeaders();
  response.write("<script>stack()</script>");
  response.end("Error: at lib/secret.ts");
}

test("a failed page is replaced by one in words, which reveals nothing of the failure", async () => {
  const { status, headers, body } = await ask(sendStreamed);
  expect(status).toBe(500);
  expect(body).toContain("This page could not be shown");
  expect(body).toContain("the request id the-request-id");
  expect(body).not.toMatch(/script|stack|secret/);
  expect(headers.get("content-security-policy")).not.toContain("script-src");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("link")).toBeNull();
  expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
});

test("a page that fails because of the database is 503, and says when to retry", async () => {
  noticeUnavailablePage("the-request-id");
  const { status, headers, body } = await ask(sendStreamed);
  expect([status, headers.get("retry-after")]).toEqual([503, "5"]);
  expect(body).toContain("cannot reach its database");
  expect(body).not.toMatch(/stack|secret/);
  expect((await ask(sendStreamed)).status).toBe(500);
});

test("a failed page whose head is sent in one call is replaced, too", async () => {
  const { status, body } = await ask((response) => {
    response.writeHead(503, HTML).end("Error");
  });
  expect(status).toBe(503);
  expect(body).toContain("This page could not be shown");
});

test("a HEAD request gets no body", async () => {
  const { status, body } = await ask(sendStreamed, { method: "HEAD" });
  expect([status, body]).toEqual([500, ""]);
});

test.each([
  ["a page that was made", 200, "text/html"],
  ["a page that is not there", 404, "text/html"],
  ["what a script asked for", 500, "text/x-component"],
  ["a problem", 500, "application/problem+json"],
])("%s goes out as it is", async (_, status, type) => {
  const got = await ask((response) => {
    response.writeHead(status, { "content-type": type }).end("as it is");
  });
  expect([got.status, got.body]).toEqual([status, "as it is"]);
});

test("a request that could not be read is 400 in words, and the next one is not", async () => {
  noticeUnreadable("the-request-id");
  const { status, body } = await ask(sendStreamed);
  expect(status).toBe(400);
  expect(body).toContain("could not be read");
  expect(body).not.toMatch(/stack|secret/);
  expect((await ask(sendStreamed)).status).toBe(500);
});

test.each([
  ["aborted", true],
  ["Premature close", true],
  ["Unexpected end of form", true],
  ["Malformed part header", true],
  ["Multipart: Boundary not found", true],
  ["Failed to parse body as FormData.", true],
  ["Connection closed.", true],
  ["Body exceeded 1 MB limit.", true],
  ["read ECONNRESET", false],
  ["Connection terminated unexpectedly", false],
  ["Cannot read properties of undefined (reading 'id')", false],
])("an error that says %j is its sender's mistake: %s", (message, expected) => {
  expect(isUnreadable(new Error(message))).toBe(expected);
  expect(isUnreadable(message)).toBe(false);
});

test("Next's own text for a request that could not be read is replaced, too", async () => {
  noticeUnreadable("the-request-id");
  const { status, body } = await ask((response) => {
    response.writeHead(500, { "content-type": "text/plain" });
    response.end("Internal Server Error");
  });
  expect([status, body.includes("could not be read")]).toEqual([400, true]);
  expect(body).not.toContain("Internal Server Error");
});

const NEXT =
  "at e (/srv/node_modules/next/dist/compiled/next-server/app-page-turbo.runtime.prod.js:15:72181)";

test.each([
  ["a field that is none", "Cannot read properties of undefined (reading 'arrayBuffer')", [NEXT]],
  ["too many brackets", "Maximum call stack size exceeded", [NEXT, NEXT]],
  [
    "null",
    "Cannot read properties of null",
    [NEXT, "at async m (/srv/.next/server/chunks/ssr/node_modules_next_dist_0-a._.js:1:11825)"],
  ],
  ["no JSON", "Unexpected token", ["at JSON.parse (<anonymous>)", NEXT]],
  [
    "nothing",
    "Cannot read",
    [NEXT, "at process.processTicksAndRejections (node:internal/process/x:1:5)"],
  ],
])(
  "an action's body of %s is its sender's mistake, whatever Next says of it",
  (_, message, lines) => {
    const error = Object.assign(new Error(message), { stack: [message, ...lines].join("\n    ") });
    expect(isUnreadable(error, { isAction: true })).toBe(true);
    expect(isUnreadable(error)).toBe(false);
    const ours = "at act (/srv/.next/server/chunks/ssr/_0tv1.js:1:2)";
    for (const line of [ours, "at query (/srv/node_modules/@prisma/client/x.js:1:2)"]) {
      const stack = `${error.stack}\n    ${line}`;
      expect(isUnreadable(Object.assign(new Error(message), { stack }), { isAction: true })).toBe(
        false,
      );
    }
    const bare = Object.assign(new Error(message), { stack: message });
    expect(isUnreadable(bare, { isAction: true })).toBe(false);
  },
);
