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
import { readJson, type Unread } from "./read-typed-json.ts";
import type { Endpoint } from "./sample-sends.ts";

/** What becomes of one recipient: as long as BSUIDs cannot be sent to, and once they can. */
export type SendEntry = { path: string; now: SendDecision; later: SendDecision };

export type SendReading = Unread | { kind: "read"; entries: SendEntry[] };

export type SendHow = {
  endpoint: Endpoint;
  /** The request does not say so: the template was registered as one. */
  isAuthenticationTemplate: boolean;
};

type Read = { ok: true; recipient: SendRecipient } | SendRefusal;

/** Reads a request to send by the rules that the runtime runs. Pure; never throws. */
export function readSend(
  text: string,
  { endpoint, isAuthenticationTemplate }: SendHow,
): SendReading {
  const parsed = readJson(text);
  if (parsed.kind !== "parsed") return parsed;
  const recipients = readRecipients(endpoint, parsed.value);
  // Session messages are no templates.
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

/** What the sender or Meta gets to see of a decision: the error's body, or how the recipient is named. */
export function toAnswer(decision: SendDecision): object {
  return decision.ok ? decision.to : toConnectlyError(decision.problem, { traceId: "" });
}
