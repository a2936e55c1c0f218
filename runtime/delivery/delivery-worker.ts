import { parentPort, workerData } from "node:worker_threads";
import { QueueReader } from "../store/queue-reader.ts";
import type { AttemptEnd } from "../store/webhook-queue.ts";
import { Dispatcher } from "./dispatcher.ts";
import { packEnds } from "./pack-ends.ts";
import { unpackWebhooks } from "./pack-webhooks.ts";
import type { DeliverySettings, FromDelivery, ToDelivery } from "./thread-messages.ts";
import { WebhookSender } from "./webhook-sender.ts";

// The thread that delivery-thread.ts starts.
const { file, url, secret, giveUpAfterMs } = workerData as DeliverySettings;
const queue = new QueueReader(file);
const sender = new WebhookSender({ url, secret });
const dispatcher = new Dispatcher({
  queue,
  send: sender.send.bind(sender),
  writeDown,
  giveUpAfterMs,
  onTrouble: (trouble) => tell({ kind: "trouble", trouble }),
});

type Waiting = { resolve: () => void; reject: (why: unknown) => void };
const waiting = new Map<number, Waiting>();
let count = 0;

parentPort?.on("message", (message: ToDelivery) => {
  if (message.kind === "deliver") dispatcher.deliver(unpackWebhooks(message.webhooks));
  if (message.kind === "written") settle(message);
  if (message.kind === "close") void close();
});
tell({ kind: "ready" });

function writeDown(ends: readonly AttemptEnd[]): Promise<void> {
  const number = ++count;
  tell({ kind: "ended", number, ends: packEnds(ends) });
  return new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
}

function settle({ number, error }: ToDelivery & { kind: "written" }): void {
  if (error === undefined) waiting.get(number)?.resolve();
  else waiting.get(number)?.reject(error);
  waiting.delete(number);
}

async function close(): Promise<void> {
  await dispatcher.close();
  await sender.close();
  queue.close();
  parentPort?.close();
}

function tell(message: FromDelivery): void {
  parentPort?.postMessage(message);
}
