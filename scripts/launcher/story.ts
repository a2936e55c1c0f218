import path from "node:path";
import { writePrivateJson } from "./private-file.ts";

/** What a newcomer tries out: a number that is off, and the file with one of Meta's payloads for it. */
export type Story = { phoneNumberId: string; label: string; file: string };

type Listed = { phoneNumberId: string; label: string; displayPhoneNumber: string };

/**
 * Picks a phone-only number, and writes a payload with a phone-less customer's message to it into `dataDir`.
 * Replace `NEW` in it each time: the runtime handles each message id once.
 */
export async function prepareStory({
  url,
  dataDir,
  token,
}: {
  url: string;
  dataDir: string;
  token: string;
}): Promise<Story> {
  const query = "accepts=false&retired=false&limit=1";
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/v1/numbers?${query}`, { headers });
  const [number] = ((await answer.json()) as { items: Listed[] }).items;
  const file = path.join(dataDir, "phone-less.json");
  await writePrivateJson(file, toPayload(number));
  const { phoneNumberId = "", label = "a number" } = number ?? {};
  const relative = path.relative(process.cwd(), file);
  return { phoneNumberId, label, file: relative.startsWith("..") ? file : relative };
}

function toPayload(number: Listed | undefined): object {
  const metadata = {
    display_phone_number: number?.displayPhoneNumber.replace("+", ""),
    phone_number_id: number?.phoneNumberId,
  };
  const bsuid = "US.13491208655302741918";
  const profile = { name: "Ana Prado", username: "ana.prado" };
  const message = {
    from_user_id: bsuid,
    id: "wamid.NEW",
    timestamp: String(Math.floor(Date.now() / 1_000)),
    type: "text",
    text: { body: "Hello, is my order on its way?" },
  };
  const contacts = [{ profile, user_id: bsuid }];
  const value = { messaging_product: "whatsapp", metadata, contacts, messages: [message] };
  const changes = [{ field: "messages", value }];
  return { object: "whatsapp_business_account", entry: [{ id: "200000000000001", changes }] };
}
