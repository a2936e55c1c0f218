import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FlagHistory } from "./flag-history.ts";

export const TOKEN = "bsuid_test_token";

type Report = {
  instanceId: string;
  sequence: number;
  sdk: string;
  appliedCursor: string;
  appliedAt: string;
  counts: { phoneNumberId: string; hour: string; [column: string]: string | number }[];
  closing?: boolean;
  refusal?: { what: string; status: number | null; since: string; until: string | null };
};

/** Handles a request itself (true), or leaves it to the contract. */
type Fault = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

/** A console that implements the contract of the runtime's routes; a test's `fault` may answer first. */
export class ContractServer {
  readonly flags = new FlagHistory();
  readonly requests: { path: string; at: number; headers: IncomingMessage["headers"] }[] = [];
  readonly reports: Report[] = [];
  /** The counted reports by (instanceId, sequence), so that each is counted once. */
  readonly counted = new Map<string, Report>();
  fault: Fault = () => false;
  /** Why a report is refused, as a problem of the API; null for an accepted one. */
  refuseReport: (report: Report) => { status: number; code: string; errors?: object[] } | null =
    () => null;
  ageSeconds = 0;
  commentMs = 50;
  token = TOKEN;
  readonly streams = new Map<ServerResponse, string | null>();
  #http: Server | null = null;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<this> {
    const http = createServer((request, response) => this.#serve(request, response));
    http.listen(this.#port, "127.0.0.1");
    await once(http, "listening");
    this.#port = (http.address() as AddressInfo).port;
    this.#http = http;
    return this;
  }

  /** Stops like a killed process: closes every connection at once. `start` uses the same port again. */
  async stop(): Promise<void> {
    const http = this.#http;
    this.#http = null;
    if (!http) return;
    const closed = once(http, "close");
    http.close();
    http.closeAllConnections();
    await closed;
    this.streams.clear();
  }

  flip(phoneNumberId: string, acceptsBsuid: boolean): string {
    this.flags.set(phoneNumberId, acceptsBsuid);
    this.push();
    return this.flags.cursor;
  }

  /** Sends every stream what it lacks. */
  push(): void {
    for (const [stream, cursor] of this.streams) {
      if (cursor === this.flags.cursor) continue;
      this.streams.set(stream, this.flags.cursor);
      stream.write(toEvent(this.flags.since(cursor)));
    }
  }

  countOf(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  lastOf(path: string) {
    return this.requests.findLast((request) => request.path === path);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    this.requests.push({ path: pathname, at: performance.now(), headers: request.headers });
    if (this.fault(request, response, pathname)) return;
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      response.writeHead(401, { "WWW-Authenticate": "Bearer" }).end();
    } else if (pathname === "/api/v1/flags/stream") this.#stream(request, response);
    else if (pathname === "/api/v1/flags") this.#poll(request, response, searchParams.get("since"));
    else if (pathname === "/api/v1/reports") void this.#receive(request, response);
    else response.writeHead(404).end();
  }

  #stream(request: IncomingMessage, response: ServerResponse): void {
    const age = this.ageSeconds > 0 ? { Age: String(this.ageSeconds) } : {};
    response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8", ...age });
    const lastEventId = request.headers["last-event-id"];
    const cursor = typeof lastEventId === "string" ? lastEventId : null;
    if (cursor === this.flags.cursor) response.write(":\n\n");
    this.streams.set(response, cursor);
    this.push();
    const comments = setInterval(() => response.write(": still here\n\n"), this.commentMs);
    response.on("close", () => {
      clearInterval(comments);
      this.streams.delete(response);
    });
  }

  #poll(request: IncomingMessage, response: ServerResponse, since: string | null): void {
    const waitSeconds = Number(/wait=([0-9.]+)/.exec(String(request.headers.prefer))?.[1] ?? 0);
    const until = performance.now() + waitSeconds * 1_000;
    const answer = () => {
      if (response.destroyed) return;
      const isCurrent = since === this.flags.cursor;
      if (isCurrent && performance.now() < until) setTimeout(answer, 5);
      else this.#answerPoll(response, { since, waitSeconds });
    };
    answer();
  }

  #answerPoll(response: ServerResponse, how: { since: string | null; waitSeconds: number }): void {
    if (this.ageSeconds > 0) response.setHeader("Age", this.ageSeconds);
    if (how.waitSeconds > 0) response.setHeader("Preference-Applied", `wait=${how.waitSeconds}`);
    response.setHeader("ETag", `"${this.flags.cursor}"`);
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(this.flags.since(how.since)));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const report = JSON.parse(Buffer.concat(chunks).toString()) as Report;
    const problem = this.refuseReport(report);
    if (problem) {
      response.writeHead(problem.status, { "Content-Type": "application/problem+json" });
      response.end(JSON.stringify(problem));
      return;
    }
    this.reports.push(report);
    const key = `${report.instanceId} ${report.sequence}`;
    const isNew = !this.counted.has(key);
    if (isNew) this.counted.set(key, report);
    response.writeHead(isNew ? 202 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ isNew }));
  }
}

export function toEvent(message: { kind: string; cursor: string }): string {
  return `event: ${message.kind}\nid: ${message.cursor}\ndata: ${JSON.stringify(message)}\n\n`;
}
