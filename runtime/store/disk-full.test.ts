import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { aBusiness } from "../testing/a-business.ts";
import { startGraph } from "../testing/a-graph.ts";
import { API_KEY, BUSINESS_ID } from "../testing/a-runtime.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess, aStatus, aWamid } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";
import { keepKey } from "./keep-key.ts";
import { Pseudonyms } from "./pseudonyms.ts";

const OFF = "300000000000001";
const SENDER = "+15550100199";
const PHONE = "+15550100123";
/** 1.5 MB, or 3 MB in some shells: room for some payloads. */
const FILE_BLOCKS = 3_000;
const FILLING = "long ".repeat(4_000);
const REFUSALS = 8;

type Sent = { kept: string[]; dropped: string; payload: object };

/** A payload with a long message of a customer with a phone, and a message of one without. */
function aPair(): Sent {
  const [kept, dropped] = [aWamid(), aWamid()];
  const payload = aPayload(
    aMessage({ to: OFF, from: aCustomer(), id: kept, text: `${kept} ${FILLING}` }),
    aMessage({ to: OFF, from: aPhoneLess(), id: dropped }),
  );
  return { kept: [kept], dropped, payload };
}

/** The outcome that takes the least space on disk. */
function aDrop(): Sent {
  const dropped = aWamid();
  const payload = aPayload(aMessage({ to: OFF, from: aPhoneLess(), id: dropped }));
  return { kept: [], dropped, payload };
}

async function aFullBusiness() {
  const graph = await startGraph();
  const business = await aBusiness({ GRAPH_API_URL: graph.url }, { fileBlocks: FILE_BLOCKS });
  const { runtime, receiver, settings } = business;
  const accepted: Sent[] = [];
  const refused: { pair: Sent; answer: Response }[] = [];
  const post = async (pair: Sent) => {
    const answer = await runtime.post(pair.payload);
    if (answer.status === 200) accepted.push(pair);
    else refused.push({ pair, answer });
  };
  // Delays the answers, so that deliveries have to be recorded when the disk is full.
  receiver.behave((response) => setTimeout(() => response.end(), 300));
  while (refused.length === 0) await post(aPair());
  while (refused.length === 1) await post(aDrop());
  return { ...business, graph, accepted, refused, post, makeRoom: () => makeRoom(settings) };
}

/** Checkpoints SQLite's log from a process without the limit, so that the log has room again. */
function makeRoom({ RUNTIME_DATA_DIR: dataDir }: { RUNTIME_DATA_DIR: string }): void {
  const database = new DatabaseSync(path.join(dataDir, "runtime.sqlite"), { timeout: 5_000 });
  expect(database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()).toMatchObject({ busy: 0 });
  database.close();
}

test("on a full disk payloads are refused with a message and not kept; with room again each is decided and delivered once", async () => {
  const { runtime, receiver, settings, accepted, refused, post, makeRoom } = await aFullBusiness();
  const more = Array.from({ length: REFUSALS }, () => aPair());
  await Promise.all(more.map(post));
  expect(refused.length).toBeGreaterThan(REFUSALS / 2);
  for (const { answer } of refused) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    const { message, cntTraceId } = await answer.json();
    expect(message).toContain("cannot write to its disk");
    await until(() => runtime.log().includes(`"traceId":"${cntTraceId}"`));
  }
  const pseudonyms = new Pseudonyms(keepKey(settings.RUNTIME_DATA_DIR, () => undefined));
  const ids = (pairs: Sent[]) =>
    pairs.flatMap(({ kept, dropped }) => [...kept, pseudonyms.ofMessage(dropped)]).sort();
  const decided = async () => (await runtime.deliveries()).map(({ messageId }) => messageId).sort();
  expect(await decided()).toEqual(ids(accepted));
  expect(runtime.log()).toContain("RUNTIME_DATA_DIR");
  await until(() => runtime.log().includes("the outbox cannot be written"));

  makeRoom();
  receiver.behave((response) => response.end());
  const [before, again] = [[...accepted], refused.splice(0)];
  for (const { pair } of again) await post(pair);
  for (const { payload } of before) expect((await runtime.post(payload)).status).toBe(200);
  expect(refused).toEqual([]);
  await until(async () =>
    (await runtime.deliveries()).every(
      ({ kind, status }) => kind === "drop" || status === "delivered",
    ),
  );
  expect(await decided()).toEqual(ids(accepted));
  const taken = receiver.webhooks.map(({ body }) => body.message?.text?.split(" ")[0]).sort();
  expect(taken).toEqual(accepted.flatMap(({ kept }) => kept).sort());
});

test("a message that Meta accepted while the disk is full is not to be sent again, and its statuses find it", async () => {
  const { runtime, receiver, graph, makeRoom } = await aFullBusiness();
  const answer = await fetch(`${runtime.url}/v1/businesses/${BUSINESS_ID}/send/messages`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": API_KEY },
    body: JSON.stringify({
      sender: { id: SENDER },
      recipient: { id: PHONE },
      message: { text: "hello" },
      callbackData: FILLING.repeat(4),
    }),
  });
  expect(answer.status).toBe(200);
  const { id } = (await answer.json()) as { id: string };
  makeRoom();
  const status = aStatus({ of: OFF, to: { phone: PHONE.slice(1) }, id: graph.answered[0] ?? "" });
  expect((await runtime.post(aPayload(status))).status).toBe(200);
  const findStatus = () => receiver.webhooks.find(({ body }) => body.topic === "delivery_status");
  await until(findStatus);
  expect(findStatus()?.body).toMatchObject({ statusUpdate: { id, status: "delivered" } });
});
