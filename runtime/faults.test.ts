import { expect, test } from "vitest";
import { aBusinessHere, readFlags } from "./testing/a-business.ts";
import { aFault } from "./testing/a-fault.ts";
import { aSendingBusiness, PHONE, SENDER, send, session } from "./testing/a-sending-business.ts";
import { readFolder } from "./testing/read-folder.ts";
import { until } from "./testing/until.ts";

const OFF = "300000000000001";
/** More digits than JavaScript's numbers hold. */
const ON = "300000000000000021";

type Edit = readonly (readonly [string, string])[];
type Party = { id: string; phoneNumber?: string };
type Body = Record<string, unknown> & {
  sender: Party;
  recipient: Party;
  message: { content?: unknown };
};

/** A business with a number that is off and one that is on; `post` resolves to the webhooks that it got. */
async function aBusinessWithBoth() {
  const business = await aBusinessHere();
  const { console, receiver, runtime } = business;
  console.flip(ON, true);
  await until(async () => (await readFlags(runtime.url)).cursor === console.flags.cursor);
  const post = async (name: string, { to, edit = [] }: { to: string; edit?: Edit }) => {
    const before = receiver.webhooks.length;
    const earlier = (await runtime.deliveries()).length;
    expect((await runtime.post(aFault(name, { to, edit }))).status).toBe(200);
    const items = (await runtime.deliveries()).slice(0, -earlier || undefined).reverse();
    const expected = items.filter(({ kind }) => kind === "webhook").length;
    await until(() => receiver.webhooks.length === before + expected);
    return {
      items,
      webhooks: receiver.webhooks.slice(before).map(({ body }) => body as unknown as Body),
    };
  };
  return { ...business, post };
}

test("customers whose phone or number came as a JSON number are delivered, off and on", async () => {
  const { post } = await aBusinessWithBoth();
  const others: Edit[] = [
    [],
    [["15550100124", "15550100124.0"]],
    [["15550100124", "1.5550100124e10"]],
    [['"PNID"', "PNID"]],
    [['"wamid.RUN-a"', "900719925474099312345"]],
    [['"1795953600"', "1795953600"]],
  ];
  for (const edit of others) {
    for (const to of [OFF, ON]) {
      const { items, webhooks } = await post("phone-as-json-number", { to, edit });
      expect(items.map(({ kind, case: of }) => `${kind} ${of}`)).toEqual([
        "webhook phone_and_bsuid",
        "webhook legacy",
        "webhook phone_and_bsuid",
      ]);
      expect(items.every(({ phoneNumberId }) => phoneNumberId === to)).toBe(true);
      const people = webhooks.map(({ topic, sender, recipient }) => (topic ? recipient : sender));
      const phones = people.map(({ phoneNumber, id }) => phoneNumber ?? id);
      expect(phones.sort()).toEqual(["+15550100124", "+15550100124", "+15550100125"]);
    }
  }
});

test("unreadable messages are listed for people, each with number, id and reason, off and on", async () => {
  const { runtime, post } = await aBusinessWithBoth();
  let id = 123_456_789;
  const others: Edit[] = [
    [],
    [["1795953600.5", '"soon"']],
    [["1795953600.5", "-1"]],
    [["1795953600.5", "{}"]],
    [["1795953600.5", "1e400"]],
  ];
  for (const edit of others) {
    for (const to of [OFF, ON]) {
      id += 1;
      const whole: Edit = [...edit, ["123456789", String(id)]];
      const { items, webhooks } = await post("unreadable-messages", { to, edit: whole });
      const [first, third, second] = items;
      expect(first).toMatchObject({ kind: "refused", phoneNumberId: to, case: "unreadable" });
      expect(first?.why).toMatch(/timestamp/);
      expect(second).toMatchObject({ kind: "webhook", messageId: String(id), case: "legacy" });
      expect(third).toMatchObject({ kind: "refused", phoneNumberId: to, case: "unreadable" });
      expect(third?.why).toMatch(/type/);
      expect(items).toHaveLength(3);
      expect(webhooks).toHaveLength(1);
      for (const item of items)
        expect(await runtime.deliveries({ messageId: item.messageId })).toHaveLength(1);
    }
  }
});

test("content that is not an object reaches the business as it came", async () => {
  const { post } = await aBusinessWithBoth();
  const { items, webhooks } = await post("content-that-is-no-object", { to: ON });
  expect(items.map(({ kind }) => kind)).toEqual(Array(4).fill("webhook"));
  const card = {
    origin: "contact_request",
    phones: [{ phone: "+15550100126", wa_id: "15550100126" }],
  };
  expect(webhooks.map(({ message }) => message.content)).toEqual([
    [card],
    [{ q: "a" }],
    "words",
    7,
  ]);
  expect(webhooks[0]?.original).toMatchObject({ origin: "contact_request", contacts: [card] });
  for (const [json, value] of [
    ["0", 0],
    ["false", false],
    ["null", null],
    ['""', ""],
    ["[]", []],
    ["[[1],2]", [[1], 2]],
  ] as const) {
    const edit: Edit = [['"score": 7', `"score": ${json}`]];
    const { webhooks } = await post("content-that-is-no-object", { to: ON, edit });
    expect(webhooks.at(-1)).toMatchObject({
      message: { content: value },
      original: { score: value },
    });
  }
});

test("each status of a group's message is delivered once, with its participant where one is named", async () => {
  const { post } = await aBusinessWithBoth();
  const { items, webhooks } = await post("statuses-of-a-group", { to: ON });
  expect(items).toHaveLength(8);
  expect(webhooks.map(({ recipient }) => recipient.id)).toEqual([
    "+15550100121",
    "+15550100122",
    "US.13490000000000002901",
    "US.13490000000000002902",
    "",
    "",
    "",
    "",
  ]);
  const asDigits: Edit = [
    ["GRPsynthetic0001", "120363025246125016"],
    ['"15550100121"', "15550100121"],
    ['"15550100122"', "15550100122"],
  ];
  expect((await post("statuses-of-a-group", { to: ON, edit: asDigits })).webhooks).toHaveLength(8);
  const off = await post("statuses-of-a-group", { to: OFF });
  expect(off.webhooks.map(({ recipient }) => recipient.id)).toEqual([
    "+15550100121",
    "+15550100122",
    ...Array(6).fill(""),
  ]);
});

test("nothing is kept of a dropped customer who got a new id; on a number that is on the notice is kept", async () => {
  const { settings, post } = await aBusinessWithBoth();
  const { items } = await post("notice-about-a-dropped-customer", { to: OFF });
  expect(items.map(({ kind, case: of }) => `${kind} ${of}`)).toEqual(["drop phone_less"]);
  const phone: Edit = [['"user_changed_user_id"', '"user_changed_number", "wa_id": "15550100777"']];
  await post("notice-about-a-dropped-customer", { to: OFF, edit: phone });
  const marks = [
    "13490000000000000301",
    "13490000000000000399",
    "MTM0OTAwMDAwMDAwMDAwMDAz",
    "15550100777",
  ];
  const kept = readFolder(settings.RUNTIME_DATA_DIR);
  for (const mark of marks) {
    expect(kept.includes(mark), mark).toBe(false);
    expect(JSON.stringify(items)).not.toContain(mark);
  }
  const { webhooks } = await post("notice-about-a-dropped-customer", { to: ON });
  expect(webhooks).toMatchObject([{ sender: { id: "BR.13490000000000000301" } }]);
});

test("two statuses of one customer by different ids arrive in their order, however often the business fails", async () => {
  const { receiver, runtime } = await aBusinessWithBoth();
  let failures = 0;
  receiver.behave((response) => {
    response.statusCode = failures > 0 ? 500 : 200;
    failures -= 1;
    response.end();
  });
  for (const to of [OFF, ON]) {
    failures = 2;
    const { posts } = JSON.parse(aFault("two-statuses-of-one-customer", { to })) as {
      posts: object[];
    };
    const before = receiver.webhooks.length;
    for (const payload of posts) expect((await runtime.post(payload)).status).toBe(200);
    await until(() => receiver.webhooks.length === before + 4);
    const webhooks = receiver.webhooks.slice(before).map(({ body }) => body.statusUpdate);
    expect(webhooks.map((update) => (update as { status: string }).status)).toEqual([
      "delivered",
      "delivered",
      "delivered",
      "delivery_failed",
    ]);
  }
});

test("a template's parameters go where their names say, and one without a value is refused by its field", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const read = (edit: Edit = []) =>
    JSON.parse(
      aFault("parameters-out-of-order", { to: OFF, edit: [["SENDER", SENDER], ...edit] }),
    ) as {
      endpoint: "whatsapp_templated_messages";
      body: { parameters: object[] };
      campaign: object;
    };
  const fault = read();
  const refused = await send(runtime, fault.endpoint, fault.body);
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(/parameters\[2\]/) },
  });
  expect(graph.sent).toEqual([]);
  const whole = fault.body.parameters.filter(
    (parameter) => "value" in parameter && parameter.value,
  );
  expect(await send(runtime, fault.endpoint, { ...fault.body, parameters: whole })).toMatchObject({
    status: 200,
  });
  expect(await send(runtime, "campaigns", fault.campaign)).toMatchObject({ status: 200 });
  const words = graph.sent.map(({ body }) =>
    JSON.stringify(body.template).match(/FIRST|SECOND|PAYLOAD/g),
  );
  expect(words).toEqual([
    ["FIRST", "SECOND", "PAYLOAD"],
    ["FIRST", "SECOND"],
  ]);
  const more = read([['"body_2": "SECOND"', '"body_10": "TENTH", "body_2": null']]);
  const { body } = await send(runtime, "campaigns", more.campaign);
  expect(JSON.stringify(body)).toMatch(/body_2/);
  expect(graph.sent).toHaveLength(2);
});

test("a limit of Meta's under another HTTP status is reported as a limit, with whole seconds to wait", async () => {
  const { graph, runtime } = await aSendingBusiness();
  type Answer = { status: number; body: { error: { code: number } } };
  const { graph: answers } = JSON.parse(aFault("throttled-with-another-status", { to: OFF })) as {
    graph: Answer[];
  };
  expect(answers).toHaveLength(7);
  for (const { status, body } of [...answers, { ...answers[0], status: 200 } as Answer]) {
    graph.refuse({ status, body });
    const answer = await send(runtime, "messages", session({ id: PHONE }));
    expect(answer).toMatchObject({ status: 429, body: { code: "ERROR_CODE_RATE_LIMITED" } });
    const seconds = answer.headers.get("retry-after") ?? "";
    expect(seconds).toMatch(/^[1-9][0-9]*$/);
    if ([131_048, 131_064].includes(body.error.code))
      expect(Number(seconds)).toBeGreaterThanOrEqual(60);
  }
});
