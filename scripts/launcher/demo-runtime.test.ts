import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { db } from "#lib/db/client.ts";
import { setFlag } from "#lib/flags/set-flag.ts";
import { getNumber } from "#lib/numbers/get-number.ts";
import { freePort } from "#postgres/free-port.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem, aToken } from "#testing/factories.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { startDemoRuntime } from "./demo-runtime.ts";
import { prepareStory } from "./story.ts";

useTestDatabase();

let api: Awaited<ReturnType<typeof serveApiWithFastLane>>;
beforeAll(async () => {
  api = await serveApiWithFastLane();
});
afterAll(() => api.close());

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bsuid-demo-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function startDemo(consolePort = 0) {
  const runtime = (await aToken({ scopes: ["flags:read", "reports:write"] })).secret;
  const provisioning = (await aToken({ scopes: ["numbers:read"] })).secret;
  const dataDir = await aFolder();
  const stops: (() => Promise<void>)[] = [];
  const demo = await startDemoRuntime({
    consoleUrl: api.url,
    host: "127.0.0.1",
    consolePort: consolePort || (await freePort()),
    dataDir,
    tokens: { runtime, provisioning },
    onStarted: (stop) => stops.push(stop),
  });
  onTestFinished(async () => {
    for (const stop of stops.reverse()) await stop();
  });
  const story = await prepareStory({ url: api.url, dataDir, token: provisioning });
  return { ...demo, story };
}

/** Follows the inbox as its page does; returns a function that gives everything received so far. */
async function followInbox(inboxUrl: string): Promise<() => string> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const live = await fetch(`${inboxUrl}/live`, { signal: abort.signal });
  let text = "";
  void (async () => {
    for await (const chunk of live.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  return () => text;
}

test("a newcomer's story: dropped while off, in the inbox a moment after the flip, and unsigned webhooks refused", async () => {
  const phoneNumberId = await aNumber({ label: "Story" });
  const { about, inboxUrl, story } = await startDemo();
  expect(story).toMatchObject({ phoneNumberId, label: "Story" });
  const inbox = await followInbox(inboxUrl);
  const payload = await readFile(story.file, "utf8");
  const send = async (id: string) => {
    const headers = { "content-type": "application/json" };
    const body = payload.replace("NEW", id);
    const answer = await fetch(`${about.url}/meta/webhook`, { method: "POST", headers, body });
    return answer.status;
  };
  await vi.waitUntil(async () => (await send("1")) === 200, 10_000);
  await setFlag(aSystem("flag:set"), { phoneNumberId, acceptsBsuid: true, reason: "The story" });
  const flippedAt = Date.now();
  let count = 1;
  await vi.waitUntil(async () => {
    count += 1;
    await send(String(count));
    return inbox().includes("is my order on its way?");
  });
  expect(Date.now() - flippedAt).toBeLessThan(1_000);
  expect(inbox()).toContain('"isSigned":true');
  const forged = await fetch(about.webhookUrl, { method: "POST", body: '{"message":{}}' });
  expect(forged.status).toBe(401);
  const headers = { "x-api-key": about.apiKey };
  const ofFirst = await fetch(`${about.url}/deliveries?messageId=wamid.1`, { headers });
  const { items } = (await ofFirst.json()) as { items: { kind: string }[] };
  expect(items.map(({ kind }) => kind)).toEqual(["drop"]);
  expect((await fetch(inboxUrl)).headers.get("content-security-policy")).toContain("default-src");
});

test("the runtime takes the port after the console's, or a free one if others have it", async () => {
  await aNumber();
  const consolePort = await freePort();
  const server = createServer().listen(consolePort + 1, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { about } = await startDemo(consolePort);
  expect(new URL(about.url).port).not.toBe(String(consolePort + 1));
  expect((await fetch(`${about.url}/healthz`)).status).toBe(200);
  server.close();
  const next = await startDemo(consolePort);
  expect(next.about.url).toBe(`http://127.0.0.1:${consolePort + 1}`);
});

test("the demo's runtime knows the roster: a BSUID of another portfolio is refused", async () => {
  const from = await aNumber({ portfolioId: "900000000000001" });
  // It has to accept: of a phone-less customer who is dropped, nothing is kept.
  const elsewhere = await aNumber({ portfolioId: "900000000000002", accepts: true });
  await inWaba(elsewhere, "200000000000002");
  const { about } = await startDemo();
  const headers = { "content-type": "application/json", "x-api-key": about.apiKey };
  const bsuid = `US.${randomInt(1e14)}`;
  const status = { id: "wamid.sent", status: "delivered", timestamp: "1790000000" };
  const statuses = [{ ...status, recipient_user_id: bsuid }];
  const value = { metadata: { phone_number_id: elsewhere }, statuses };
  const changes = [{ field: "messages", value }];
  const payload = { entry: [{ id: "200000000000002", changes }] };
  const seen = await fetch(`${about.url}/meta/webhook`, {
    method: "POST",
    headers,
    body: JSON.stringify(payload),
  });
  expect(seen.status).toBe(200);
  const { displayPhoneNumber } = await getNumber(aSystem("number:read"), from);
  const send = async () => {
    const recipient = { userId: bsuid };
    const answer = await fetch(`${about.url}/v1/businesses/${about.businessId}/send/messages`, {
      method: "POST",
      headers,
      body: JSON.stringify({ sender: displayPhoneNumber, recipient, message: { text: "hi" } }),
    });
    return ((await answer.json()) as { details: { reason: string } }).details.reason;
  };
  // The roster is read while the runtime starts.
  await vi.waitUntil(async () => (await send()) === "OTHER_PORTFOLIO", 10_000);
});

async function inWaba(phoneNumberId: string, wabaId: string): Promise<void> {
  await db().number.update({ where: { phoneNumberId }, data: { wabaId } });
}

test("a console killed with SIGKILL leaves neither runtime nor inbox behind", async () => {
  const folder = await aFolder();
  const port = await freePort();
  const script = `
    const { startDemoRuntime } = await import(${JSON.stringify(path.join(import.meta.dirname, "demo-runtime.ts"))});
    const { about, inboxUrl } = await startDemoRuntime({
      consoleUrl: "http://127.0.0.1:9", host: "127.0.0.1", consolePort: ${port}, dataDir: ${JSON.stringify(folder)},
      tokens: { runtime: "r", provisioning: "p" }, onStarted: () => {},
    });
    process.stdout.write(JSON.stringify([about.url, inboxUrl]) + "\\n");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const urls = JSON.parse(await firstLine(child)) as string[];
  const answers = () => Promise.allSettled(urls.map((url) => fetch(`${url}/`)));
  expect((await answers()).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  child.kill("SIGKILL");
  await vi.waitUntil(
    async () => (await answers()).every(({ status }) => status === "rejected"),
    5_000,
  );
});

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0] ?? "";
}
