import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anEndpoint, aPerson } from "#testing/factories.ts";
import { useWebhookReceiver } from "#testing/http/webhook-receiver.ts";
import { followTrail } from "../audit/follow/follow-trail.ts";
import { setFlag } from "../flags/set-flag.ts";
import { webhookFollower } from "./events/webhook-follower.ts";
import { startWebhooks } from "./webhook-jobs.ts";

const receiver = useWebhookReceiver();
useTestDatabase();

test("running consoles send a flip within seconds, once, and leave nothing running", async () => {
  await followTrail(webhookFollower);
  const { secret } = await anEndpoint({ url: receiver.url });
  const stops = [startWebhooks(1), startWebhooks(1)];
  const phoneNumberId = await aNumber();
  const reason = "A receiver is to hear of it";
  await setFlag(await aPerson("support"), { phoneNumberId, acceptsBsuid: true, reason });
  await expect.poll(() => receiver.received.length, { timeout: 5_000 }).toBe(1);
  const [webhook] = receiver.received;
  const headers = webhook?.headers as Record<string, string>;
  expect(new Webhook(secret).verify(webhook?.body ?? "", headers)).toMatchObject({
    type: "flag.changed",
    data: { phoneNumberId, acceptsBsuid: true },
  });
  await Promise.all(stops.map((stop) => stop()));
  expect(receiver.received).toHaveLength(1);
});
