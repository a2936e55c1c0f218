import { expect, test } from "vitest";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { packWebhooks, unpackWebhooks } from "./pack-webhooks.ts";

test("packed webhooks are unpacked as they were, in order, also after a copy", () => {
  const webhooks: PendingWebhook[] = [1, 2, 3].map((seq) => ({
    seq,
    eventId: `event ${seq}`,
    lanes: `lane ${seq % 2}`,
    decidedAt: 1_790_000_000_000 + seq,
    attempts: seq - 1,
    payload: JSON.stringify({ text: `ünï ${seq}` }),
  }));
  expect(unpackWebhooks(structuredClone(packWebhooks(webhooks)))).toEqual(webhooks);
  expect(unpackWebhooks(packWebhooks([]))).toEqual([]);
});
