import { expect, test } from "vitest";
import {
  aSendingBusiness,
  BSUID,
  NUMBER,
  PHONE,
  SENDER,
  send,
  session,
  template,
} from "../testing/a-sending-business.ts";
import { aPayload } from "../testing/payloads.ts";

type Runtime = Awaited<ReturnType<typeof aSendingBusiness>>["runtime"];

/** Posts a webhook that tells the runtime of a number of the business. */
async function hear(runtime: Runtime, phoneNumberId: string, phone: string): Promise<void> {
  const metadata = { display_phone_number: phone, phone_number_id: phoneNumberId };
  const change = { field: "messages", value: { messaging_product: "whatsapp", metadata } };
  const status = {
    id: "wamid.x",
    status: "sent",
    timestamp: "1790000000",
    recipient_id: "15550100188",
  };
  await runtime.post(aPayload({ ...change, value: { ...change.value, statuses: [status] } }));
}

const from = (sender: unknown) => ({ ...session({ id: PHONE }), sender });

test("a sender in its country's other spelling is the same number, with all its checks", async () => {
  const { graph, runtime } = await aSendingBusiness({ BSUID_SENDING: "available" });
  graph.templates.set("login_code", "AUTHENTICATION");
  const spellings = [
    ["5215550100199", "+52 55 5010 0199"],
    ["525550100177", "+52 1 55 5010 0177"],
    ["551187654321", "+55 11 98765-4321"],
    ["5511987654322", "+55 11 8765-4322"],
    ["5491123456789", "+54 11 2345-6789"],
    ["541123456788", "+54 9 11 2345-6788"],
  ] as const;
  for (const [index, [heard, written]] of spellings.entries()) {
    const id = `30000000000001${index}`;
    await hear(runtime, id, heard);
    expect((await send(runtime, "messages", from(written))).status).toBe(200);
    expect((await send(runtime, "messages", from({ id: written }))).status).toBe(200);
    expect(graph.sent.slice(-2).map(({ path }) => path)).toEqual(
      Array(2).fill(`/v24.0/${id}/messages`),
    );
    const toBsuid = { ...template(`bsuid:${BSUID}`, "login_code"), sender: written };
    expect(await send(runtime, "whatsapp_templated_messages", toBsuid)).toMatchObject({
      body: { details: { reason: "AUTH_TEMPLATE_NEEDS_PHONE" } },
    });
  }
});

test("an unknown sender is refused on each endpoint, with the numbers that are known", async () => {
  const { graph, runtime } = await aSendingBusiness();
  await hear(runtime, "300000000000002", "5511987654321");
  const unknown = "+15550109999";
  const entry = { client: PHONE, campaignName: "spring" };
  const answers = [
    await send(runtime, "messages", from(unknown)),
    await send(runtime, "whatsapp_templated_messages", { ...template(PHONE), sender: unknown }),
    await send(runtime, "campaigns", { sender: unknown, entries: [entry] }),
    await send(runtime, "campaigns", { sender: SENDER, entries: [{ ...entry, sender: unknown }] }),
  ];
  const fields = answers.map(({ body }) => (body.details as { field: string }).field);
  expect(fields).toEqual(["sender", "sender", "entries[0].sender", "entries[0].sender"]);
  for (const { status, body } of answers) {
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "ERROR_CODE_INVALID_SENDER_ID",
      message: expect.stringContaining(`${SENDER}, +5511987654321`),
    });
  }
  expect(graph.sent).toEqual([]);
});

test("a sender that came as an exact JSON number is read as written", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const answer = await send(runtime, "messages", from(15_550_100_199));
  expect(answer.status).toBe(200);
  expect(graph.sent).toHaveLength(1);
});

test("a sender that cannot be read is refused, never replaced by the only number there is", async () => {
  const { graph, runtime } = await aSendingBusiness();
  for (const sender of ["sales", {}, { id: "" }, { id: BSUID }, 15_550_100_199.5, [SENDER]]) {
    for (const answer of [
      await send(runtime, "messages", from(sender)),
      await send(runtime, "whatsapp_templated_messages", { ...template(PHONE), sender }),
      await send(runtime, "campaigns", { sender, entries: [{ client: PHONE, campaignName: "x" }] }),
    ]) {
      expect(answer).toMatchObject({
        status: 400,
        body: { details: { reason: "INVALID_SENDER" } },
      });
    }
  }
  expect(graph.sent).toEqual([]);
});

test("without a sender the only number sends; with two numbers the request is refused", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const { sender: _, ...nameless } = session({ id: PHONE });
  expect((await send(runtime, "messages", nameless)).status).toBe(200);
  expect(graph.sent.map(({ path }) => path)).toEqual([`/v24.0/${NUMBER}/messages`]);
  await hear(runtime, "300000000000002", "5511987654321");
  expect(await send(runtime, "messages", nameless)).toMatchObject({
    status: 400,
    body: { details: { reason: "INVALID_SENDER" }, message: expect.stringContaining(SENDER) },
  });
});
