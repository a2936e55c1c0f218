import { asObject, asText, type JsonObject } from "./json-value.ts";
import { readRecipient, type SendRecipient } from "./read-recipient.ts";
import { readSender } from "./read-sender.ts";
import { readVariables, type TemplateParameters } from "./read-template-parameters.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";

export type CampaignEntry = {
  ok: true;
  recipient: SendRecipient;
  /** The business's number, `+E.164`; null where neither the entry nor the request names one. */
  sender: string | null;
  campaignName: string;
  campaignVersion: unknown;
  parameters: TemplateParameters;
};

/** The reading of each entry, so that one bad recipient need not stop the others. */
export type CampaignSendReading =
  | { ok: true; entries: readonly (CampaignEntry | SendRefusal)[] }
  | SendRefusal;

/**
 * Reads the body of `POST …/send/campaigns`. A BSUID is in an entry's `client`, as `bsuid:US.…`. The second
 * entry with the same client and campaign is refused. The sender is in each entry, or once for all beside
 * `entries`.
 *
 * Source: Connectly's documents, "Business-scoped user IDs (BSUID)", "Send Campaigns" and "Campaign Send API".
 */
export function readCampaignSend(body: unknown): CampaignSendReading {
  const request = asObject(body);
  const entries = request?.entries;
  if (!Array.isArray(entries)) {
    return refuse("MALFORMED_REQUEST", "entries", "The request has no list of entries.");
  }
  if (entries.length === 0) {
    return refuse("MISSING_RECIPIENT", "entries", "entries is empty: there is nobody to send to.");
  }
  const common = readSender(request?.sender, "sender");
  if (!common.ok) return common;
  const { sender } = common;
  const seen = new Set<string>();
  return { ok: true, entries: entries.map((entry, at) => readEntry(entry, { at, seen, sender })) };
}

type Around = { at: number; seen: Set<string>; sender: string | null };

function readEntry(value: unknown, { at, seen, sender }: Around): CampaignEntry | SendRefusal {
  const path = `entries[${at}]`;
  const entry = asObject(value);
  if (!entry) return refuse("MALFORMED_REQUEST", path, `${path} is no object.`);
  const field = `${path}.client`;
  const read = readRecipient(entry.client, { field, spelling: "prefixed" });
  if (!read) return refuse("MISSING_RECIPIENT", field, `${field}, the recipient, is missing.`);
  if (!read.ok) return read;
  const own = readSender(entry.sender, `${path}.sender`);
  if (!own.ok) return own;
  const content = readContent(entry, path);
  if (!content.ok) return content;
  const { recipient } = read;
  const client = recipient.kind === "phone" ? recipient.phone : recipient.bsuid;
  const key = JSON.stringify([client, content.campaignName, content.campaignVersion]);
  if (seen.has(key)) {
    const message = `${field} is in an earlier entry of the same campaign. Leave one of them out.`;
    return refuse("DUPLICATE_ENTRY", field, message);
  }
  seen.add(key);
  return { ...content, recipient, sender: own.sender ?? sender };
}

function readContent(entry: JsonObject, path: string) {
  const campaignName = asText(entry.campaignName);
  if (campaignName === null) {
    return refuse("MALFORMED_REQUEST", `${path}.campaignName`, `${path}.campaignName is missing.`);
  }
  if ((entry.scheduledAt ?? "") !== "") {
    const message = `${path}.scheduledAt is not supported: entries are sent at once. Leave it out.`;
    return refuse("MALFORMED_REQUEST", `${path}.scheduledAt`, message);
  }
  const read = readVariables(entry.variables, `${path}.variables`);
  if (!read.ok) return read;
  const { parameters } = read;
  return { ok: true as const, campaignName, campaignVersion: entry.campaignVersion, parameters };
}
