import type { FastifyBaseLogger } from "fastify";
import { decideSend, type SendRecipient } from "#sdk/rules.ts";
import { ConnectlyError } from "../http/connectly-error.ts";
import type { KnownNumber } from "../store/number-book.ts";
import type { Store } from "../store/store.ts";
import type { AuthenticationTemplates } from "./authentication-templates.ts";
import type { Graph } from "./graph-client.ts";
import { SendRefused } from "./send-refused.ts";
import { type Content, toMetaBody } from "./to-meta-body.ts";

/** What a send endpoint understood of a request. */
export type SendOrder = {
  recipient: SendRecipient;
  /** The business's number, `+E.164`; null where it left the choice open. */
  sender: string | null;
  content: Content;
  /** Comes back with the message's statuses. */
  callbackData?: unknown;
};

export type SendParts = {
  store: Store;
  log: FastifyBaseLogger;
  graph: Graph | null;
  bsuidSending: boolean;
  authenticationTemplates: AuthenticationTemplates;
};

/** An order of which nothing is refused, ready for Meta. */
export type PreparedSend = { order: SendOrder; from: string; body: object; graph: Graph };

/**
 * Checks all that can be checked without Meta; what is to be known of templates was asked before.
 * @throws SendRefused, or ConnectlyError UNAVAILABLE where nothing can be sent from here
 */
export function prepareSend(order: SendOrder, parts: SendParts): PreparedSend {
  const { store, graph, bsuidSending, authenticationTemplates } = parts;
  const { content } = order;
  const number = store.numbers.findSender(order.sender);
  const recipient = toNewest(order.recipient, number, store);
  const decision = decideSend(recipient, {
    bsuidSending,
    isAuthenticationTemplate:
      content.kind === "template" &&
      authenticationTemplates.has({ name: content.name, wabaId: number?.wabaId ?? null }),
    ...findPortfolio(recipient, number, store),
  });
  if (!decision.ok) throw new SendRefused(decision.problem);
  if (!graph) {
    throw new ConnectlyError(
      "UNAVAILABLE",
      "This runtime sends nothing: its setting GRAPH_API_URL names no WhatsApp API.",
    );
  }
  const body = toMetaBody(decision.to, content);
  return { order, from: requireFrom(order, number), body, graph };
}

/** Who writes to a customer's former BSUID reaches the customer. */
function toNewest(
  recipient: SendRecipient,
  number: KnownNumber | null,
  { identities }: Store,
): SendRecipient {
  if (recipient.kind === "phone" || !number) return recipient;
  return { ...recipient, bsuid: identities.newestBsuid(recipient.bsuid, number) };
}

/** Where either is not known, there is no ground to refuse: Meta judges. */
function findPortfolio(
  recipient: SendRecipient,
  number: KnownNumber | null,
  { identities }: Store,
) {
  if (recipient.kind === "phone" || !number || number.portfolioId === null) return {};
  const ofBsuid = identities.portfolioOfBsuid(recipient.bsuid, number);
  return { portfolio: { ofNumber: number.portfolioId, ofBsuid } };
}

/** A number that no webhook and no roster has named yet is passed on by its phone: Meta judges. */
function requireFrom({ sender }: SendOrder, number: KnownNumber | null): string {
  if (number) return number.phoneNumberId;
  if (sender !== null) return sender.slice(1);
  throw new SendRefused({
    code: "INVALID_SENDER",
    field: "sender",
    message: "The business has more than one number, or none is known here yet. Name the sender.",
  });
}
