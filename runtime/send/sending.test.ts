import { expect, test } from "vitest";
import { aBusinessHere } from "../testing/a-business.ts";
import {
  aSendingBusiness,
  BSUID,
  campaign,
  NUMBER,
  PHONE,
  SENDER,
  send,
  session,
  template,
} from "../testing/a-sending-business.ts";
import { aMessage, aPayload, aPhoneLess, aStatus } from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

test("while sending to BSUIDs is unavailable, each endpoint refuses it and names its field", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const answers = [
    await send(runtime, "messages", session({ userId: BSUID })),
    await send(runtime, "messages", session({ id: BSUID })),
    await send(runtime, "whatsapp_templated_messages", template(`bsuid:${BSUID}`)),
    await send(runtime, "campaigns", campaign(`bsuid:${BSUID}`)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  const fields = answers.map(({ body }) => (body.details as { field: string }).field);
  expect(fields).toEqual(["recipient.userId", "recipient.id", "number", "entries[0].client"]);
  for (const { body } of answers) {
    expect(body).toMatchObject({
      message: expect.stringContaining("BSUID delivery is not supported yet"),
      type: expect.stringMatching(/^ERROR_TYPE_/),
      code: expect.stringMatching(/^ERROR_CODE_/),
      userTitle: expect.any(String),
      userMessage: expect.any(String),
      cntTraceId: expect.any(String),
    });
  }
  expect(graph.sent).toEqual([]);
});

test("to a phone all three endpoints send, with `to` and the number's id", async () => {
  const { graph, runtime } = await aSendingBusiness({ GRAPH_API_TOKEN: "meta-token" });
  const answers = [
    await send(runtime, "messages", session({ id: PHONE })),
    await send(runtime, "whatsapp_templated_messages", template("+1 (555) 010-0123")),
    await send(runtime, "campaigns", campaign(PHONE)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(graph.sent.map(({ path }) => path)).toEqual(Array(3).fill(`/v24.0/${NUMBER}/messages`));
  expect(graph.sent[0]).toMatchObject({
    authorization: "Bearer meta-token",
    body: { messaging_product: "whatsapp", to: "15550100123", text: { body: "hello" } },
  });
  expect(graph.sent[1]?.body).toMatchObject({
    type: "template",
    template: {
      name: "order_ready",
      language: { code: "pt_BR" },
      components: [{ type: "body", parameters: [{ type: "text", text: "42" }] }],
    },
  });
  for (const { body } of graph.sent) expect(body).not.toHaveProperty("recipient");
});

test("when it is available, a phone-less customer is sent to by `recipient`, never by `to`", async () => {
  const { graph, runtime } = await aSendingBusiness({ BSUID_SENDING: "available" });
  const answers = [
    await send(runtime, "messages", session({ userId: BSUID })),
    await send(runtime, "whatsapp_templated_messages", template(`bsuid:${BSUID}`)),
    await send(runtime, "campaigns", campaign(`bsuid:${BSUID}`, PHONE)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const [, , , toPhone] = graph.sent;
  for (const { body } of graph.sent.slice(0, 3)) {
    expect(body).toMatchObject({ recipient: BSUID });
    expect(body).not.toHaveProperty("to");
  }
  expect(toPhone?.body).toMatchObject({ to: "15550100123" });
});

test("malformed, contradictory and phone-only requests are refused, whether BSUIDs are available or not", async () => {
  const { graph, runtime } = await aSendingBusiness({ BSUID_SENDING: "available" });
  const { runtime: unavailable } = await aSendingBusiness();
  const refused: [object, string][] = [
    [template(`bsuid:bsuid:${BSUID}`), "DOUBLE_PREFIX"],
    [template(`whatsapp:${BSUID}`), "WRONG_PREFIX"],
    [template(BSUID), "WRONG_PREFIX"],
    [template("bsuid:US.ENT.118"), "PARENT_BSUID"],
    [template(""), "MISSING_RECIPIENT"],
    [template(`bsuid:${BSUID}`, "otp"), "AUTH_TEMPLATE_NEEDS_PHONE"],
  ];
  for (const of of [runtime, unavailable]) {
    for (const [body, reason] of refused) {
      const answer = await send(of, "whatsapp_templated_messages", body);
      expect(answer).toMatchObject({ status: 400, body: { details: { reason } } });
    }
    const contradictory = session({ userId: BSUID, phoneNumber: PHONE });
    const reason = "CONTRADICTORY_RECIPIENT";
    expect(await send(of, "messages", contradictory)).toMatchObject({
      body: { details: { reason } },
    });
  }
  expect(graph.sent).toEqual([]);
});

test("an authentication template that only Meta knows gets the same refusal, the second time without asking Meta", async () => {
  const { graph, runtime } = await aSendingBusiness({ BSUID_SENDING: "available" });
  graph.refuse({ status: 400, body: { error: { code: 131_062, message: "no" } } });
  const ask = () => send(runtime, "whatsapp_templated_messages", template(`bsuid:${BSUID}`));
  const details = { reason: "AUTH_TEMPLATE_NEEDS_PHONE", field: "number" };
  expect(await ask()).toMatchObject({ status: 400, body: { details } });
  graph.refuse(null);
  expect(await ask()).toMatchObject({ status: 400, body: { details } });
  expect(graph.sent).toHaveLength(1);
});

test("a template of Meta's authentication category is refused before it is sent, and looked up once", async () => {
  const { graph, runtime } = await aSendingBusiness();
  graph.templates.set("login_code", "AUTHENTICATION").set("login_code_help", "UTILITY");
  const toBsuid = `bsuid:${BSUID}`;
  const ask = (body: object) => send(runtime, "whatsapp_templated_messages", body);
  const answers = [
    await ask(template(toBsuid, "login_code")),
    await ask(template(toBsuid, "login_code")),
    await ask(template(toBsuid, "login_code_help")),
    await ask(template(toBsuid, "not_there")),
  ];
  const reasons = answers.map(({ body }) => (body.details as { reason: string }).reason);
  const [forPhones, unavailable] = ["AUTH_TEMPLATE_NEEDS_PHONE", "BSUID_NOT_SUPPORTED"];
  expect(reasons).toEqual([forPhones, forPhones, unavailable, unavailable]);
  expect(graph.lookUps).toHaveLength(3);
  expect(graph.lookUps[0]).toMatch(
    /^\/v24\.0\/200000000000001\/message_templates\?name=login_code&/,
  );
  // For a phone the category does not matter.
  expect((await ask(template(PHONE, "another"))).status).toBe(200);
  expect(graph.lookUps).toHaveLength(3);
  graph.templates.set("spring", "AUTHENTICATION");
  const refused = await send(runtime, "campaigns", campaign(PHONE, toBsuid));
  expect(refused).toMatchObject({ status: 400, body: { details: { reason: forPhones } } });
  expect(graph.sent).toHaveLength(1);
});

test("a template whose category Meta does not tell is sent without a long wait, and Meta decides", async () => {
  const { graph, runtime } = await aSendingBusiness({ BSUID_SENDING: "available" });
  graph.hide();
  const ask = () => send(runtime, "whatsapp_templated_messages", template(`bsuid:${BSUID}`));
  const startedAt = Date.now();
  expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(200);
  expect(Date.now() - startedAt).toBeLessThan(8_000);
  expect([graph.lookUps.length, graph.sent.length]).toEqual([1, 2]);
});

test("one bad entry stops a campaign before anything is sent, and all bad entries are named", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const answer = await send(runtime, "campaigns", campaign(PHONE, `bsuid:${BSUID}`, "nobody"));
  expect(answer.status).toBe(400);
  const { problems } = answer.body.details as { problems: { field: string; reason: string }[] };
  expect(problems.map(({ field, reason }) => [field, reason])).toEqual([
    ["entries[1].client", "BSUID_NOT_SUPPORTED"],
    ["entries[2].client", "MALFORMED_RECIPIENT"],
  ]);
  expect(graph.sent).toEqual([]);
});

test("the statuses of a sent message come back under the id that the business got, with its callback data", async () => {
  const { graph, receiver, runtime } = await aSendingBusiness();
  const callbackData = { order: 42 };
  const sent = await send(runtime, "messages", { ...session({ id: PHONE }), callbackData });
  const [id = ""] = graph.answered;
  await runtime.post(aPayload(aStatus({ of: NUMBER, to: { phone: PHONE.slice(1) }, id })));
  await until(() => receiver.webhooks.length === 2);
  expect(receiver.webhooks[1]?.body).toMatchObject({
    statusUpdate: { id: sent.body.id, status: "delivered" },
    callbackData,
  });
});

test("Meta's refusal is answered with its code, and a missing answer as unknown", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const ask = () => send(runtime, "messages", session({ id: PHONE }));
  graph.refuse({ status: 400, body: { error: { code: 131_047, message: "24 hours are over" } } });
  expect(await ask()).toMatchObject({
    status: 400,
    body: { details: { metaCode: 131_047, reason: "24 hours are over" } },
  });
  graph.refuse({ status: 503, body: { error: { code: 100, message: "odd" } } });
  expect(await ask()).toMatchObject({ status: 502, body: { type: "ERROR_TYPE_SEND_FAILED" } });
  graph.refuse({ status: 429, body: {} });
  const busy = await ask();
  expect(busy.status).toBe(429);
  expect(busy.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
});

test("without GRAPH_API_URL a send to a phone is unavailable, and one to a BSUID not supported", async () => {
  const { runtime } = await aBusinessHere();
  const toPhone = await send(runtime, "messages", session({ id: PHONE }));
  expect(toPhone).toMatchObject({
    status: 503,
    body: { message: expect.stringContaining("GRAPH_API_URL") },
  });
  expect((await send(runtime, "messages", session({ userId: BSUID }))).status).toBe(400);
});

test("only the API key of that business sends: another key is 401, another business 404", async () => {
  const { runtime } = await aBusinessHere();
  const body = session({ id: PHONE });
  const wrong = await send(runtime, "messages", body, { apiKey: "wrong" });
  expect(wrong).toMatchObject({ status: 401, body: { cntTraceId: expect.any(String) } });
  const other = await send(runtime, "messages", body, { businessId: "business-2" });
  expect(other).toMatchObject({ status: 404, body: { cntTraceId: expect.any(String) } });
});

test("customers' ids are kept: an answer to a former BSUID goes to the new one, also after a restart", async () => {
  const { graph, console, runtime, restart, receiver } = await aSendingBusiness({
    BSUID_SENDING: "available",
  });
  console.flip(NUMBER, true);
  const { bsuid: previous } = aPhoneLess();
  const { bsuid: current } = aPhoneLess();
  const update = { user_id: { previous, current }, timestamp: "1790000300" };
  const metadata = { display_phone_number: SENDER.slice(1), phone_number_id: NUMBER };
  const notice = { field: "user_id_update", value: { metadata, user_id_update: [update] } };
  // The notice comes twice, and before the customer ever wrote.
  await runtime.post(aPayload(notice, notice));
  await runtime.stop();
  const again = await restart();
  await send(again, "messages", session({ userId: previous }));
  expect(graph.sent.at(-1)?.body).toMatchObject({ recipient: current });
  // A late message under the old id is the same customer's.
  await until(async () => {
    await again.post(aPayload(aMessage({ to: NUMBER, from: { bsuid: previous }, text: "late" })));
    return receiver.webhooks.some(({ body }) => body.message?.text === "late");
  }, 5_000);
  const late = receiver.webhooks.find(({ body }) => body.message?.text === "late");
  expect(late?.body.sender).toMatchObject({ id: current, userId: current });
});
