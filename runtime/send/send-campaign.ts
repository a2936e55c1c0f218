import type { CampaignEntry, SendProblem, SendRefusal } from "#sdk/rules.ts";
import { RequestError } from "../errors/request-error.ts";
import { type EntryError, type EntryResult, toEntryError } from "./entry-result.ts";
import { lookUpTemplates } from "./look-up-templates.ts";
import { type PreparedSend, prepareSend, type SendOrder, type SendParts } from "./prepare-send.ts";
import { sendMessage } from "./send-message.ts";
import { SendRefused } from "./send-refused.ts";
import { isLimitOfCustomer } from "./throttling.ts";

const AT_ONCE = 8;

/** `campaign` is its name and version; a customer gets it once. */
type Prepared = { index: number; campaign: string; send: PreparedSend };
type Sent = { index: number; end: EntryResult };

/**
 * Sends one message for each entry: its campaign names a template, its variables are the parameters.
 * Checks all entries before it sends the first one; a refused one stops all of them. A customer who is
 * named by two ids gets a campaign once. When WhatsApp accepts no more messages, the rest is not sent.
 *
 * @returns the result of each entry, in the request's order
 * @throws SendRefused naming all refused entries
 */
export async function sendCampaign(
  entries: readonly (CampaignEntry | SendRefusal)[],
  parts: SendParts,
): Promise<EntryResult[]> {
  const orders = entries.flatMap((entry, index) => (entry.ok ? toOrder(entry, index) : []));
  await lookUpTemplates(orders, parts);
  const results: EntryResult[] = [];
  const queue = settleRepeated(prepareAll(entries, parts), results);
  let stop: EntryError | null = null;
  for (let start = 0; start < queue.length; start += AT_ONCE) {
    const wave = queue.slice(start, start + AT_ONCE);
    if (parts.closing.aborted) stop ??= notSent("This runtime is stopping.");
    const sent = stop ? [] : await Promise.all(wave.map((one) => sendEntry(one, parts)));
    for (const { index, end } of sent) results[index] = end;
    if (stop) for (const { index } of wave) results[index] = stop;
    stop ??= toStop(sent);
  }
  return results;
}

function prepareAll(entries: readonly (CampaignEntry | SendRefusal)[], parts: SendParts) {
  const prepared: Prepared[] = [];
  const problems: SendProblem[] = [];
  for (const [index, entry] of entries.entries()) {
    if (!entry.ok) {
      problems.push(entry.problem);
      continue;
    }
    try {
      const send = prepareSend(toOrder(entry, index), parts);
      const { campaignName, campaignVersion } = entry;
      prepared.push({ index, send, campaign: JSON.stringify([campaignName, campaignVersion]) });
    } catch (error) {
      if (!(error instanceof SendRefused)) throw error;
      problems.push(error.problem);
    }
  }
  const [first] = problems;
  if (first) throw new SendRefused(first, problems);
  return prepared;
}

function toOrder(entry: CampaignEntry, index: number): SendOrder {
  const { recipient, sender, campaignName, parameters } = entry;
  const content = { kind: "template", name: campaignName, language: null, parameters } as const;
  return { recipient, sender, senderField: `entries[${index}].sender`, content };
}

/**
 * Returns the entries to send, and sets the results of the others: those whose customer an earlier entry of
 * the campaign names by another id, whichever number would send them.
 */
function settleRepeated(prepared: readonly Prepared[], results: EntryResult[]): Prepared[] {
  const firsts = new Map<string, number>();
  return prepared.filter(({ index, campaign, send }) => {
    const keys = send.customerIds.map((id) => `${id} ${campaign}`);
    const [first] = keys.flatMap((key) => firsts.get(key) ?? []);
    if (first === undefined) {
      for (const key of keys) firsts.set(key, index);
      return true;
    }
    results[index] = {
      error: `This is the customer of entries[${first}], who gets a campaign once.`,
      code: "ERROR_CODE_DUPLICATE_ENTRY",
    };
    return false;
  });
}

/** Sends one entry. Returns a failure instead of throwing: other entries may have been sent already. */
async function sendEntry({ index, send }: Prepared, parts: SendParts): Promise<Sent> {
  try {
    return { index, end: { id: await sendMessage(send, parts) } };
  } catch (error) {
    return { index, end: toEntryError(error, parts.log) };
  }
}

/**
 * The result for all remaining entries, if the campaign has to stop: after one that was throttled, or when
 * WhatsApp answered none. A limit for one customer's messages stops it only if a whole wave met that limit.
 */
function toStop(sent: readonly Sent[]): EntryError | null {
  const errors = sent.flatMap(({ end }) => ("id" in end ? [] : end));
  const throttled = errors.filter(({ code }) => code === "ERROR_CODE_RATE_LIMITED");
  const isGeneral = throttled.some(({ details }) => !isLimitOfCustomer(details?.metaCode));
  if (isGeneral || (throttled.length > 0 && throttled.length === sent.length)) {
    const waits = throttled.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds);
    return notSent("WhatsApp takes no more messages now.", Math.max(...waits));
  }
  const unanswered = errors.filter(({ code }) => code === "ERROR_CODE_SEND_FAILED");
  const isAway = sent.length > 0 && unanswered.length === sent.length;
  return isAway ? notSent("WhatsApp does not answer as expected.") : null;
}

function notSent(why: string, retryAfterSeconds?: number): EntryError {
  const { message, code } = new RequestError("NOT_SENT", `${why} This entry was not sent.`);
  return {
    error: message,
    code,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
