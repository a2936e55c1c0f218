import { expect, test } from "vitest";
import { aBusinessHere } from "../testing/a-business.ts";
import { API_KEY } from "../testing/a-runtime.ts";
import { aWamid } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

const NUMBER = "300000000000001";

test("a number in a message's content reaches the business and /deliveries with all its digits", async () => {
  const { receiver, runtime } = await aBusinessHere();
  const id = aWamid();
  const payload = `{"object":"whatsapp_business_account","entry":[{"id":"200000000000001","changes":[
    {"field":"messages","value":{"metadata":{"phone_number_id":"${NUMBER}"},"messages":[
      {"id":"${id}","timestamp":"1790000000","from":"15550100123","type":"order",
       "order":{"catalog_id":106540352242922123,"amount":1.10}}]}}]}]}`;
  expect((await runtime.post(payload)).status).toBe(200);
  await until(() => receiver.webhooks.length > 0);
  expect(receiver.webhooks[0]?.text).toContain('{"catalog_id":106540352242922123,"amount":1.10}');
  const headers = { "x-api-key": API_KEY };
  const answer = await fetch(`${runtime.url}/deliveries`, { headers });
  expect(await answer.text()).toContain('{"catalog_id":106540352242922123,"amount":1.10}');
});
