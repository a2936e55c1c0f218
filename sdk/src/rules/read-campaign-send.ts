import { asObject, asText, type JsonObject } from "./json-value.ts";
import { readRecipient, type SendRecipient } from "./read-recipient.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";

export type CampaignEntry = {
  ok: true;
  recipient: SendRecipient;
  campaignName: string;
  variables: JsonObject;
};

/** Each entry by itself, so that one bad recipient need not stop the others. */
export type CampaignSendReading =
  | { ok: true; entries: readonly (CampaignEntry | SendRefusal)[] }
  | SendRefusal;

/**
 * Reads the body of `POST …/send/campaigns`. A BSUID stands in an entry's `client`, as `bsuid:US.…`.
 * The same client twice for one campaign is refused the second time.
 *
 * Source: Connectly's documents, "Business-scoped user IDs (BSUID)" and "Send Campaigns".
 */
export function readCampaignSend(body: unknown): CampaignSendReading {
  const entries = asObject(body)?.entries;
  if (!Array.isArray(entries)) {
    return refuse("MALFORMED_REQUEST", "entries", "The request has no list of entries.");
  }
  if (entries.length === 0) {
    return refuse("MISSING_RECIPIENT", "entries", "entries is empty: there is nobody to send to.");
  }
  const seen = new Set<string>();
  return { ok: true, entries: entries.map((entry, at) => readEntry(entry, { at, seen })) };
}

function readEntry(
  value: unknown,
  { at, seen }: { at: number; seen: Set<string> },
): CampaignEntry | SendRefusal {
  const path = `entries[${at}]`;
  const entry = asObject(value);
  if (!entry) return refuse("MALFORMED_REQUEST", path, `${path} is no object.`);
  const field = `${path}.client`;
  const read = readRecipient(entry.client, { field, spelling: "prefixed" });
  if (!read) return refuse("MISSING_RECIPIENT", field, `${field}, the recipient, is missing.`);
  if (!read.ok) return read;
  const campaignName = asText(entry.campaignName);
  if (campaignName === null) {
    return refuse("MALFORMED_REQUEST", `${path}.campaignName`, `${path}.campaignName is missing.`);
  }
  const { recipient } = read;
  const client = recipient.kind === "phone" ? recipient.phone : recipient.bsuid;
  const key = JSON.stringify([client, campaignName, entry.campaignVersion]);
  if (seen.has(key)) {
    const message = `${field} is in an earlier entry of the same campaign. Leave one of them out.`;
    return refuse("DUPLICATE_ENTRY", field, message);
  }
  seen.add(key);
  return { ok: true, recipient, campaignName, variables: asObject(entry.variables) ?? {} };
}
