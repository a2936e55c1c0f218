import type { FastifyBaseLogger } from "fastify";
import { decideSend, phoneSpellings, type SendRecipient } from "#sdk/rules.ts";
import { RequestError } from "../errors/request-error.ts";
import type { KnownNumber, NumberBook } from "../store/number-book.ts";
import type { Store } from "../store/store.ts";
import type { AuthenticationTemplates } from "./authentication-templates.ts";
import type { Graph } from "./graph-client.ts";
import { SendRefused } from "./send-refused.ts";
import type { SendsInFlight } from "./sends-in-flight.ts";
import { type Content, toMetaBody } from "./to-meta-body.ts";

/** An answer names so many of the business's numbers. */
const MOST_NAMED = 10;

/** What a send endpoint understood of a request. */
export type SendOrder = {
  recipient: SendRecipient;
  /** The business's number, `+E.164`; null where it left the choice open. */
  sender: string | null;
  /** Where the request names it, or would. */
  senderField: string;
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
  sends: SendsInFlight;
  /** Aborts as soon as the runtime is to end. */
  closing: AbortSignal;
  /** Aborts when it cannot wait for Meta any more. */
  ending: AbortSignal;
};

/** An order of which nothing is refused, ready for Meta. */
export type PreparedSend = {
  order: SendOrder;
  from: KnownNumber;
  body: object;
  graph: Graph;
  /** What tells the customer: two sends with one of these in common go to the same one. */
  customerIds: readonly string[];
};

/**
 * Checks all that can be checked without Meta; what is to be known of templates was asked before.
 * @throws SendRefused, or RequestError UNAVAILABLE where nothing can be sent from here
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
    throw new RequestError(
      "UNAVAILABLE",
      "This runtime sends nothing: its setting GRAPH_API_URL names no WhatsApp API.",
    );
  }
  if (!number) throw refuseSender(order, store);
  const body = toMetaBody(decision.to, content);
  const customerIds = toCustomerIds(recipient, number, store);
  return { order, from: number, body, graph, customerIds };
}

/** The newest BSUID as far as it is known, and the phone in its usual spelling. */
function toCustomerIds(
  recipient: SendRecipient,
  number: KnownNumber,
  { identities }: Store,
): string[] {
  if (recipient.kind === "bsuid") return [recipient.bsuid];
  const bsuid = identities.bsuidOfPhone(recipient.phone, number);
  const [phone] = phoneSpellings(recipient.phone);
  return bsuid === null ? [phone] : [phone, bsuid];
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

/** Where either is not known, there is no ground to refuse: Meta decides. */
function findPortfolio(
  recipient: SendRecipient,
  number: KnownNumber | null,
  { identities }: Store,
) {
  if (recipient.kind === "phone" || !number || number.portfolioId === null) return {};
  const ofBsuid = identities.portfolioOfBsuid(recipient.bsuid, number);
  return { portfolio: { ofNumber: number.portfolioId, ofBsuid } };
}

/** Meta sends from a number by its id, so a phone that no webhook and no roster has named sends nothing. */
function refuseSender({ sender, senderField }: SendOrder, { numbers }: Store): SendRefused {
  const message =
    sender === null
      ? "The business has more than one number, or none is known here yet. Name the sender."
      : "The sender is none of the business's numbers.";
  return new SendRefused({
    code: "INVALID_SENDER",
    field: senderField,
    message: `${message} ${describeKnown(numbers.listInService(MOST_NAMED))}`,
  });
}

function describeKnown({ numbers, count }: ReturnType<NumberBook["listInService"]>): string {
  const phones = numbers.flatMap(({ displayPhoneNumber }) => displayPhoneNumber ?? []).sort();
  if (phones.length === 0)
    return "No number is known here yet: they come with the roster and webhooks.";
  const others = count - phones.length;
  const named = phones.join(", ");
  return others > 0 ? `Known are ${named} and ${others} more.` : `Known: ${named}.`;
}
