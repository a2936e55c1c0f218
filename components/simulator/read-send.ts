import {
  decideSend,
  readCampaignSend,
  readSessionSend,
  readTemplateSend,
  type SendDecision,
  type SendRecipient,
  type SendRefusal,
  toConnectlyError,
} from "#sdk/rules.ts";
import { readJson, type UnreadableText } from "./read-typed-json.ts";
import type { Endpoint } from "./sample-sends.ts";

/** The decision on one recipient: while messages cannot be sent to BSUIDs, and once they can. */
export type SendEntry = { path: string; now: SendDecision; later: SendDecision };

export type SendReading = UnreadableText | { kind: "read"; entries: SendEntry[] };

export type SendHow = {
  endpoint: Endpoint;
  /** Not in the request: the template was registered as one. */
  isAuthenticationTemplate: boolean;
};

type Read = { ok: true; recipient: SendRecipient } | SendRefusal;

/** Reads a request to send by the runtime's rules. Pure; never throws. */
export function readSend(
  text: string,
  { endpoint, isAuthenticationTemplate }: SendHow,
): SendReading {
  const parsed = readJson(text);
  if (parsed.kind !== "parsed") return parsed;
  const recipients = readRecipients(endpoint, parsed.value);
  // A session message is not a template.
  const isAuthentication = isAuthenticationTemplate && endpoint !== "session";
  const decide = (read: Read, bsuidSending: boolean): SendDecision =>
    read.ok
      ? decideSend(read.recipient, { bsuidSending, isAuthenticationTemplate: isAuthentication })
      : read;
  return {
    kind: "read",
    entries: recipients.map(({ path, read }) => ({
      path,
      now: decide(read, false),
      later: decide(read, true),
    })),
  };
}

function readRecipients(endpoint: Endpoint, body: unknown): { path: string; read: Read }[] {
  if (endpoint === "session") return [{ path: "", read: readSessionSend(body) }];
  if (endpoint === "template") return [{ path: "", read: readTemplateSend(body) }];
  const campaign = readCampaignSend(body);
  if (!campaign.ok) return [{ path: "", read: campaign }];
  return campaign.entries.map((read, at) => ({ path: `entries[${at}]`, read }));
}

/** What the sender or Meta gets: the error's body, or how the recipient is named. */
export function toAnswer(decision: SendDecision): object {
  return decision.ok ? decision.to : toConnectlyError(decision.problem, { traceId: "" });
}
