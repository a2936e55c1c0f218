import type { SendRecipient } from "./read-recipient.ts";
import { refuse, type SendRefusal } from "./send-problem.ts";

/** The one field of Meta's send request that names the recipient. */
export type MetaRecipient = { to: string } | { recipient: string };

export type SendDecision = { ok: true; to: MetaRecipient } | SendRefusal;

export type SendCircumstances = {
  /** Whether delivery to a BSUID is available at all; one setting switches it. */
  bsuidSending: boolean;
  /** Whether it is a one-tap, zero-tap or copy-code template, which always need a phone (Meta's error 131062). */
  isAuthenticationTemplate: boolean;
  /**
   * The business portfolio of the sending number, and the one that the BSUID was seen in; null for a
   * BSUID that was never seen, which is left to Meta.
   */
  portfolio?: { ofNumber: string; ofBsuid: string | null };
};

/**
 * Decides whether a valid request may be sent, and in which field Meta gets the recipient. A BSUID goes into
 * `recipient`: in `to` it is accepted with a message id and never delivered.
 *
 * Permanent reasons for a refusal come before those that are only not available yet.
 */
export function decideSend(recipient: SendRecipient, how: SendCircumstances): SendDecision {
  if (recipient.kind === "phone") return { ok: true, to: { to: recipient.phone.slice(1) } };
  const { field } = recipient;
  if (how.isAuthenticationTemplate) {
    const message =
      "Authentication templates can only be sent to a phone number, never to a BSUID. " +
      "Ask the customer for their phone, or use another template.";
    return refuse("AUTH_TEMPLATE_NEEDS_PHONE", field, message);
  }
  const { ofNumber, ofBsuid } = how.portfolio ?? { ofNumber: null, ofBsuid: null };
  if (ofBsuid !== null && ofBsuid !== ofNumber) {
    const message =
      "This BSUID belongs to another business portfolio than the sending number. " +
      "Send from a number of the portfolio that it was received in.";
    return refuse("OTHER_PORTFOLIO", field, message);
  }
  // Strict: a truthy text such as "unavailable" must not switch it on.
  if (how.bsuidSending !== true) {
    const message =
      "BSUID delivery is not supported yet: messages can only be sent to a phone number for now. " +
      "Messages of this customer are received all the same.";
    return refuse("BSUID_NOT_SUPPORTED", field, message);
  }
  return { ok: true, to: { recipient: recipient.bsuid } };
}
