import { aBusinessHere } from "./a-business.ts";
import { startGraph } from "./a-graph.ts";
import { API_KEY, BUSINESS_ID } from "./a-runtime.ts";
import { aPayload, aStatus } from "./payloads.ts";

export const NUMBER = "300000000000001";
export const BSUID = "US.40000000000000000001";
export const PHONE = "+15550100123";
export const SENDER = "+15550100199";

type Runtime = { url: string };
type Answered = { status: number; body: Record<string, unknown>; headers: Headers };

/** Posts to one of the three endpoints. */
export async function send(
  { url }: Runtime,
  what: "messages" | "whatsapp_templated_messages" | "campaigns",
  body: object,
  { apiKey = API_KEY, businessId = BUSINESS_ID } = {},
): Promise<Answered> {
  const answer = await fetch(`${url}/v1/businesses/${businessId}/send/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": apiKey },
    body: JSON.stringify(body),
  });
  const { status, headers } = answer;
  return { status, headers, body: (await answer.json()) as Record<string, unknown> };
}

export const session = (recipient: object) => ({
  sender: { id: SENDER },
  recipient: { channelType: "whatsapp", ...recipient },
  message: { text: "hello" },
});
export const template = (number: string, templateName = "order_ready") => ({
  sender: SENDER,
  number,
  templateName,
  language: "pt_BR",
  parameters: [{ name: "body_1", value: "42" }],
});
export const campaign = (...clients: string[]) => ({
  sender: SENDER,
  entries: clients.map((client) => ({ client, campaignName: "spring", variables: { n: "1" } })),
});

/** A business whose runtime knows its number, NUMBER with the phone SENDER, and sends to the test's Graph API. */
export async function aSendingBusiness(env: Record<string, string> = {}) {
  const graph = await startGraph();
  const settings = { GRAPH_API_URL: graph.url, AUTHENTICATION_TEMPLATES: "one_time, otp", ...env };
  const business = await aBusinessHere(settings);
  // The runtime learns its numbers from webhooks.
  await business.runtime.post(aPayload(aStatus({ of: NUMBER, to: { phone: "15550100188" } })));
  return { graph, ...business };
}
