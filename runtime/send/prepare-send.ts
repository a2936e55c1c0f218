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

/** How many of the business's numbers a refusal names. */
const MAX_NAMED = 10;

/** What a send endpoint understood of a request. */
export type SendOrder = {
  recipient: SendRecipient;
  /** The business's number, `+E.164`; null if the request leaves the choice open. */
  sender: string | null;
  /** The request's field for the sender. */
  senderField: string;
  content: Content;
  /** Sent back with the message's statuses. */
  callbackData?: unknown;
};

export type SendParts = {
  store: Store;
  log: FastifyBaseLogger;
  graph: Graph | null;
  bsuidSending: boolean;
  authenticationTemplates: AuthenticationTemplates;
  sends: SendsInFlight;
  /** Aborts as soon as the runtime starts closing. */
  closing: AbortSignal;
  /** Aborts when the closing runtime stops waiting for Meta. */
  ending: AbortSignal;
};

/** An order that passed all checks, ready for Meta. */
export type PreparedSend = {
  order: SendOrder;
  from: KnownNumber;
  body: object;
  graph: Graph;
  /** Ids that identify the customer: two sends with one of them in common go to the same customer. */
  customerIds: readonly string[];
};

/**
 * Checks everything that can be checked without Meta; `lookUpTemplates` has to be called before.
 * @throws SendRefused, or RequestError UNAVAILABLE if this runtime cannot send
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

/** The newest known BSUID, and the phone in its usual spelling. */
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

/** The recipient with the newest BSUID, so that a message to a former BSUID reaches its customer. */
function toNewest(
  recipient: SendRecipient,
  number: KnownNumber | null,
  { identities }: Store,
): SendRecipient {
  if (recipient.kind === "phone" || !number) return recipient;
  return { ...recipient, bsuid: identities.newestBsuid(recipient.bsuid, number) };
}

/** The portfolios of number and BSUID; undefined if the number's is unknown, which leaves the decision to Meta. */
function findPortfolio(
  recipient: SendRecipient,
  number: KnownNumber | null,
  { identities }: Store,
) {
  if (recipient.kind === "phone" || !number || number.portfolioId === null) return {};
  const ofBsuid = identities.portfolioOfBsuid(recipient.bsuid, number);
  return { portfolio: { ofNumber: number.portfolioId, ofBsuid } };
}

/** Meta needs the number's id, so a phone that no webhook or roster has named cannot send. */
function refuseSender({ sender, senderField }: SendOrder, { numbers }: Store): SendRefused {
  const message =
    sender === null
      ? "The business has more than one number, or none is known here yet. Name the sender."
      : "The sender is none of the business's numbers.";
  return new SendRefused({
    code: "INVALID_SENDER",
    field: senderField,
    message: `${message} ${describeKnown(numbers.listInService(MAX_NAMED))}`,
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
