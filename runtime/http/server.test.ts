import { connect } from "node:net";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { createFlagClient } from "#sdk/flag-client.ts";
import { OvertakingStatuses } from "../receive/overtaking-statuses.ts";
import { PayloadTally } from "../receive/payload-tally.ts";
import { AuthenticationTemplates } from "../send/authentication-templates.ts";
import { SendsInFlight } from "../send/sends-in-flight.ts";
import { Store } from "../store/store.ts";
import { API_KEY, aDataDir, BUSINESS_ID } from "../testing/a-runtime.ts";
import { createServer } from "./server.ts";

const REQUEST_MS = 500;
const LENGTH = 1_000;

/** A server without a console: a request that is refused before its payload is complete needs no flags. */
async function listen(): Promise<number> {
  const store = new Store(aDataDir(), () => undefined);
  const console = { url: "http://127.0.0.1:9", token: "of-a-test" };
  const flags = createFlagClient({ ...console, instanceId: "rt-test" });
  // The console is unreachable, and its errors do not matter here.
  flags.on("error", () => undefined);
  const sends = new SendsInFlight();
  const app = createServer(
    {
      store,
      flags,
      roster: { status: () => ({ isFollowed: false, failure: null }) },
      statuses: new OvertakingStatuses({
        store,
        sends,
        deliver: () => undefined,
        onError: () => undefined,
      }),
      sends,
      closing: new AbortController().signal,
      ending: new AbortController().signal,
      log: pino({ level: "silent" }),
      tally: new PayloadTally(pino({ level: "silent" })),
      meta: { verifyToken: null, appSecret: null },
      graph: null,
      bsuidSending: false,
      authenticationTemplates: new AuthenticationTemplates([]),
      apiKey: API_KEY,
      businessId: BUSINESS_ID,
    },
    { requestMs: REQUEST_MS },
  );
  onTestFinished(async () => {
    await app.close();
    await flags.close();
    store.close();
  });
  return Number(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
}

test("a request that arrives byte by byte is answered 408 when its time is over, and its connection ends", async () => {
  const socket = connect({ host: "127.0.0.1", port: await listen() });
  // The server may close between two bytes.
  socket.on("error", () => undefined);
  let answer = "";
  socket.on("data", (chunk: Buffer) => {
    answer += chunk.toString();
  });
  const head = `POST /meta/webhook HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: ${LENGTH}\r\n\r\n`;
  socket.write(head);
  const startedAt = performance.now();
  const drip = setInterval(() => socket.write(" "), 50);
  onTestFinished(() => clearInterval(drip));
  await new Promise((resolve) => socket.once("close", resolve));
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  // Nor before its time is over.
  expect(performance.now() - startedAt).toBeGreaterThan(REQUEST_MS - 50);
});
