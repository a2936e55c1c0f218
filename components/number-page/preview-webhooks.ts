import {
  type ConnectlyCustomer,
  type InboundDecision,
  type MessageCase,
  SAMPLE_PAYLOADS,
  toCustomerObject,
} from "#sdk/rules.ts";
import { decideBoth } from "../simulator/decide-entry.ts";
import { readPayload } from "../simulator/read-payload.ts";
import type { NamedNumber } from "../simulator/with-number.ts";

/** The decision on a message, and its sender in the webhook; null without a webhook. */
type PreviewSide = {
  action: InboundDecision["action"];
  sender: ConnectlyCustomer | null;
};

export type CasePreview = {
  case: MessageCase;
  sampleId: string;
  now: PreviewSide;
  after: PreviewSide;
};

/** A sample customer of each kind that a number can get messages from and answer. */
const SAMPLE_IDS = ["phone-less", "phone-and-bsuid", "legacy"];

/**
 * The decision and sender for a sample customer of each case, now and after a flip of the number's flag.
 */
export function previewWebhooks(number: NamedNumber & { acceptsBsuid: boolean }): CasePreview[] {
  const samples = SAMPLE_PAYLOADS.filter(({ id }) => SAMPLE_IDS.includes(id));
  return samples.flatMap(({ id, payload }) => {
    const reading = readPayload(JSON.stringify(payload), number);
    const entries = reading.kind === "read" ? reading.entries : [];
    return entries.flatMap((entry) => {
      if (entry.kind !== "message") return [];
      const { off, on } = decideBoth(entry.customer);
      const toSide = ({ action }: InboundDecision, acceptsBsuid: boolean): PreviewSide => ({
        action,
        sender: action === "accept" ? toCustomerObject(entry.customer, { acceptsBsuid }) : null,
      });
      const sides = [toSide(off, false), toSide(on, true)] as const;
      const [now, after] = number.acceptsBsuid ? [sides[1], sides[0]] : sides;
      return [{ case: off.case, sampleId: id, now, after }];
    });
  });
}
