import {
  decideInbound,
  parseExactJson,
  readWebhook,
  SAMPLE_PAYLOADS,
  toMessageWebhook,
} from "#sdk/rules.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";

export const name = "payload-decisions";

const ROUNDS = 9;
const ROUND_MS = 250;
const BATCH = 100;
const FLAG = { acceptsBsuid: true };
const THOUSAND = 1_000;

/** Handles a payload's text as it is received; returns how many messages it had. */
type Work = (text: string) => number;

/**
 * Payloads a second on one core, from the received text to Connectly's webhooks: parsed, read, each
 * message decided, each webhook built. The reference, in turns with it, only parses the same text.
 */
export async function run(): Promise<Row[]> {
  const single = JSON.stringify(aPayload(1));
  const batch = JSON.stringify(aPayload(BATCH));
  return [
    measure(`thousand payloads/s, one message, ${single.length} bytes`, single),
    measure(`thousand payloads/s, ${BATCH} messages and contacts, ${batch.length} bytes`, batch),
  ];
}

function measure(what: string, text: string): Row {
  const rates = { whole: [] as number[], parsing: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const parsing = perSecond(parseOnly, text);
    const whole = perSecond(decideAll, text);
    // The first round warms up.
    if (round === 0) continue;
    rates.parsing.push(parsing);
    rates.whole.push(whole);
  }
  return {
    what,
    value: median(rates.whole) / THOUSAND,
    reference: { what: "JSON.parse alone", value: median(rates.parsing) / THOUSAND },
  };
}

function decideAll(text: string): number {
  let accepted = 0;
  for (const item of readWebhook(parseExactJson(text)).items) {
    if (item.kind !== "message") continue;
    if (decideInbound(item.customer, FLAG).action !== "accept") continue;
    if (toMessageWebhook(item, FLAG).sender.id !== "") accepted += 1;
  }
  return accepted;
}

function parseOnly(text: string): number {
  return (JSON.parse(text) as { entry: unknown[] }).entry.length;
}

function perSecond(work: Work, text: string): number {
  let done = 0;
  const started = performance.now();
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    for (let repeat = 0; repeat < 50; repeat += 1) {
      // The count is used, so that the optimiser cannot drop the work.
      if (work(text) === 0) throw new Error("The payload had no message to accept.");
    }
    done += 50;
    elapsedMs = performance.now() - started;
  }
  return (done / elapsedMs) * 1_000;
}

/** The sample of a phone-less customer's message, repeated for this many customers, one message each. */
function aPayload(messages: number): unknown {
  const sample = SAMPLE_PAYLOADS.find(({ id }) => id === "phone-less")?.payload;
  const payload = structuredClone(sample) as {
    entry: { changes: { value: { contacts: object[]; messages: object[] } }[] }[];
  };
  const value = payload.entry[0]?.changes[0]?.value;
  const [contact] = value?.contacts ?? [];
  const [message] = value?.messages ?? [];
  if (!value || !contact || !message) throw new Error("The sample payload has changed its shape.");
  const ids = Array.from({ length: messages }, (_, at) => `US.4000000000000000${1_000 + at}`);
  value.contacts = ids.map((id) => ({ ...contact, user_id: id }));
  value.messages = ids.map((id, at) => ({ ...message, id: `wamid.${at}`, from_user_id: id }));
  return payload;
}
