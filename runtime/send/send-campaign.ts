import type { CampaignEntry, SendProblem, SendRefusal } from "#sdk/rules.ts";
import { ConnectlyError } from "../http/connectly-error.ts";
import { lookUpTemplates } from "./look-up-templates.ts";
import { type PreparedSend, prepareSend, type SendOrder, type SendParts } from "./prepare-send.ts";
import { sendMessage } from "./send-message.ts";
import { SendRefused } from "./send-refused.ts";

const AT_ONCE = 8;

/** What became of an entry, in the request's order. */
export type EntryResult = { id: string } | { error: string };

/**
 * Sends one message for each entry: its campaign names a template, its variables are the parameters.
 * All entries are checked before the first one is sent; one that is refused stops all of them.
 *
 * @throws SendRefused naming all refused entries
 */
export async function sendCampaign(
  { entries, sender }: { entries: readonly (CampaignEntry | SendRefusal)[]; sender: string | null },
  parts: SendParts,
): Promise<EntryResult[]> {
  const orders = entries.flatMap((entry) => (entry.ok ? [toOrder(entry, sender)] : []));
  await lookUpTemplates(orders, parts);
  const prepared = entries.map((entry) => prepareEntry({ entry, sender }, parts));
  const problems = prepared.flatMap((one) => ("problem" in one ? [one.problem] : []));
  const [first] = problems;
  if (first) throw new SendRefused(first, problems);
  const sends = prepared.flatMap((one) => ("send" in one ? [one.send] : []));
  const results: EntryResult[] = [];
  for (let start = 0; start < sends.length; start += AT_ONCE) {
    const some = sends.slice(start, start + AT_ONCE);
    results.push(...(await Promise.all(some.map((send) => sendEntry(send, parts)))));
  }
  return results;
}

function prepareEntry(
  { entry, sender }: { entry: CampaignEntry | SendRefusal; sender: string | null },
  parts: SendParts,
): { send: PreparedSend } | { problem: SendProblem } {
  if (!entry.ok) return { problem: entry.problem };
  try {
    return { send: prepareSend(toOrder(entry, sender), parts) };
  } catch (error) {
    if (error instanceof SendRefused) return { problem: error.problem };
    throw error;
  }
}

function toOrder(
  { recipient, campaignName, variables }: CampaignEntry,
  sender: string | null,
): SendOrder {
  const parameters = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const content = { kind: "template", name: campaignName, language: null, parameters } as const;
  return { recipient, sender, content };
}

/** Others of the campaign may have been sent already, so this one's failure is told, not thrown. */
async function sendEntry(send: PreparedSend, parts: SendParts): Promise<EntryResult> {
  try {
    return { id: await sendMessage(send, parts) };
  } catch (error) {
    if (error instanceof SendRefused || error instanceof ConnectlyError) {
      return { error: error.message };
    }
    throw error;
  }
}
