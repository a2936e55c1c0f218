import type { Trouble } from "./dispatcher.ts";
import type { PackedEnds } from "./pack-ends.ts";
import type { PackedWebhooks } from "./pack-webhooks.ts";

/** Messages to the delivery thread. Webhooks are on disk, in the order they were decided in. */
export type ToDelivery =
  | { kind: "deliver"; webhooks: PackedWebhooks }
  /** The ends with this number are written, or could not be. */
  | { kind: "written"; number: number; error?: unknown }
  | { kind: "close" };

/** Messages from the delivery thread. */
export type FromDelivery =
  | { kind: "ready" }
  | { kind: "ended"; number: number; ends: PackedEnds }
  | { kind: "trouble"; trouble: Trouble };

/** The settings that the delivery thread is started with. */
export type DeliverySettings = {
  /** The store's file. */
  file: string;
  url: string;
  secret: string;
  giveUpAfterMs: number;
};
