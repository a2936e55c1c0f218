import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { INBOX_PAGE, PAGE_HEADERS } from "./inbox-page.ts";
import { checkSignature, readBody } from "./inbox-webhook.ts";

/** How many webhooks the page remembers. */
const MAX = 200;

/** A received webhook, and whether its signature is the runtime's. */
type Entry = { at: string; eventId: string; isSigned: boolean; body: unknown };

const { INBOX_HOST = "127.0.0.1", INBOX_PORT = "0", webhookSecret = "" } = process.env;
const entries: Entry[] = [];
const watchers = new Set<ServerResponse>();

/**
 * Plays the business in the demo: accepts Connectly's webhooks on /webhook as a business's program would,
 * and shows them live. The launcher forks it; it keeps the webhooks in memory only.
 */
async function main(): Promise<void> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await listen(server, Number(INBOX_PORT)).catch(() => listen(server, 0));
  const { port } = server.address() as AddressInfo;
  process.on("disconnect", () => process.exit(0));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => process.exit(0));
  }
  const host = INBOX_HOST.includes(":") ? `[${INBOX_HOST}]` : INBOX_HOST;
  process.send?.({ url: `http://${host}:${port}` });
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  server.listen(port, INBOX_HOST);
  await once(server, "listening");
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = `${request.method} ${request.url?.split("?")[0]}`;
  if (route === "POST /webhook") return await take(request, response);
  if (route === "GET /") response.writeHead(200, PAGE_HEADERS).end(INBOX_PAGE);
  else if (route === "GET /live") watch(response);
  else response.writeHead(404, { "content-type": "text/plain" }).end("There is nothing here.\n");
}

/** Accepts a webhook. One without a valid signature is shown and refused: a business must never act on it. */
async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const raw = await readBody(request);
  const isSigned = checkSignature(raw, request.headers, webhookSecret);
  const eventId = String(request.headers["x-connectly-event-id"] ?? "");
  const isRepeated =
    isSigned && entries.some((entry) => entry.isSigned && entry.eventId === eventId);
  if (!isRepeated) add({ at: new Date().toISOString(), eventId, isSigned, body: parse(raw) });
  response.writeHead(isSigned ? 200 : 401).end();
}

function add(entry: Entry): void {
  entries.push(entry);
  if (entries.length > MAX) entries.shift();
  for (const watcher of watchers) send(watcher, entry);
}

function watch(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("event: begin\ndata:\n\n");
  for (const entry of entries) send(response, entry);
  watchers.add(response);
  response.on("close", () => watchers.delete(response));
}

function send(watcher: ServerResponse, entry: Entry): void {
  watcher.write(`data: ${JSON.stringify(entry)}\n\n`);
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch {
    return null;
  }
}

await main();
