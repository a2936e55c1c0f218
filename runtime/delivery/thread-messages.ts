import type { Trouble } from "./dispatcher.ts";
import type { PackedEnds } from "./pack-ends.ts";
import type { PackedWebhooks } from "./pack-webhooks.ts";

/** What the thread of deliveries is told. Webhooks are on disk, in the order they were decided in. */
export type ToDelivery =
  | { kind: "deliver"; webhooks: PackedWebhooks }
  /** The ends of this number are written down, or could not be. */
  | { kind: "written"; number: number; error?: unknown }
  | { kind: "close" };

/** What it tells. */
export type FromDelivery =
  | { kind: "ready" }
  | { kind: "ended"; number: number; ends: PackedEnds }
  | { kind: "trouble"; trouble: Trouble };

/** What it is started with. */
export type DeliverySettings = {
  /** The store's. */
  file: string;
  url: string;
  secret: string;
  giveUpAfterMs: number;
};
