import { expect, test } from "vitest";
import { aBusinessHere, readFlags } from "../testing/a-business.ts";
import {
  aMessage,
  aNotice,
  aPayload,
  aStatus,
  aToken,
  type TestCustomer,
  wamidOf,
} from "../testing/payloads.ts";
import { until } from "../testing/until.ts";

const NUMBER = "300000000000001";
const PHONE = "15550100123";
const [BSUID, NEXT] = ["US.13490000000000003401", "US.13490000000000003402"];
const PARENT = "US.ENT.13490000000000003403";

type Step =
  | { message: TestCustomer }
  | { status: TestCustomer }
  | { notice: object; from?: string }
  | { flip: boolean };

/** Two webhooks of one customer with different ids, and the notices or flips in between. */
const SCENES: [string, Step[]][] = [
  [
    "both ids, then the phone alone",
    [{ message: { phone: PHONE, bsuid: BSUID } }, { status: { phone: PHONE } }],
  ],
  [
    "the phone alone, then both",
    [{ status: { phone: PHONE } }, { message: { phone: PHONE, bsuid: BSUID } }],
  ],
  [
    "a phone in two spellings",
    [{ message: { phone: "5215550100123" } }, { status: { phone: "525550100123" } }],
  ],
  [
    "the BSUID, then the new one after a notice",
    [
      { flip: true },
      { message: { bsuid: BSUID } },
      { notice: { user_id: NEXT, previous_user_id: BSUID } },
      { message: { bsuid: NEXT } },
    ],
  ],
  [
    "a notice about a stranger, then the BSUID of before, then the new one",
    [
      { flip: true },
      { notice: { user_id: NEXT, previous_user_id: BSUID } },
      { message: { bsuid: BSUID } },
      { status: { bsuid: NEXT } },
    ],
  ],
  [
    "on a number that is off: phone and BSUID, then the new one alone after a notice",
    [
      { message: { phone: PHONE, bsuid: BSUID } },
      { notice: { user_id: NEXT, previous_user_id: BSUID } },
      { status: { bsuid: NEXT } },
    ],
  ],
  [
    "the BSUID, then the new phone after a notice",
    [
      { flip: true },
      { message: { phone: PHONE, bsuid: BSUID } },
      { notice: { user_id: NEXT, previous_user_id: BSUID, wa_id: "15550100124" } },
      { status: { phone: "15550100124" } },
    ],
  ],
  [
    "the phone, then the next phone with a BSUID after a notice of phones alone",
    [
      { message: { phone: PHONE } },
      { notice: { type: "user_changed_number", wa_id: "5215550100124" }, from: PHONE },
      { message: { phone: "525550100124", bsuid: NEXT } },
    ],
  ],
  [
    "the BSUID and its parent, then the parent with another one",
    [
      { flip: true },
      { message: { bsuid: BSUID, parent: PARENT } },
      { message: { bsuid: NEXT, parent: PARENT } },
    ],
  ],
  [
    "around a flip",
    [
      { message: { phone: PHONE, bsuid: BSUID } },
      { flip: true },
      { message: { phone: PHONE, bsuid: BSUID } },
    ],
  ],
  [
    "around a flip back",
    [
      { flip: true },
      { message: { phone: PHONE, bsuid: BSUID } },
      { message: { bsuid: BSUID } },
      { flip: false },
      { status: { phone: PHONE } },
    ],
  ],
];

test.each(SCENES)("a customer's webhooks keep their order: %s", async (_, steps) => {
  const { console, receiver, runtime } = await aBusinessHere();
  let failures = 2;
  receiver.behave((response) => {
    if (failures > 0) response.statusCode = 500;
    failures -= 1;
    response.end();
  });
  const expected: string[] = [];
  const take = async (step: Step) => {
    if ("flip" in step) {
      console.flip(NUMBER, step.flip);
      return await until(
        async () => (await readFlags(runtime.url)).cursor === console.flags.cursor,
      );
    }
    const change = toChange(step, String(expected.length));
    if (!("notice" in step)) expected.push(String(expected.length));
    expect((await runtime.post(aPayload(change))).status).toBe(200);
  };
  for (const step of steps) await take(step);
  const delivered = async () =>
    (await runtime.deliveries()).filter(({ status }) => status === "delivered").length;
  await until(async () => (await delivered()) === expected.length);
  const order = receiver.webhooks.map(({ body }) => body.message?.text ?? idOf(body));
  expect(order).toEqual(["0", "0", ...expected]);
});

/** The payload's change for a step; the text of a message, or the id of a status, is the step's index. */
function toChange(step: Exclude<Step, { flip: boolean }>, place: string): object {
  if ("message" in step) return aMessage({ to: NUMBER, from: step.message, text: place });
  if ("status" in step) return aStatus({ of: NUMBER, to: step.status, id: place });
  const { notice: system, from } = step;
  return aNotice({ to: NUMBER, system, ...(from === undefined ? {} : { from }) });
}

function idOf(body: Record<string, unknown>): string {
  return (body.statusUpdate as { id: string }).id;
}

test("statuses of one message keep their order, whichever wamid and ids they have", async () => {
  const { receiver, runtime } = await aBusinessHere();
  let failures = 2;
  receiver.behave((response) => {
    if (failures > 0) response.statusCode = 500;
    failures -= 1;
    response.end();
  });
  const token = aToken();
  const [ofBsuid, ofPhone] = [wamidOf(BSUID, token), wamidOf(PHONE, token)];
  const statuses = [
    aStatus({ of: NUMBER, to: { bsuid: BSUID }, id: ofBsuid, status: "sent" }),
    aStatus({ of: NUMBER, to: { phone: PHONE }, id: ofPhone, status: "delivered" }),
    aStatus({ of: NUMBER, to: {}, id: ofBsuid, status: "failed" }),
  ];
  for (const status of statuses) await runtime.post(aPayload(status));
  await until(() => receiver.webhooks.length === 5);
  const order = receiver.webhooks.map(
    ({ body }) => (body.statusUpdate as { status: string }).status,
  );
  expect(order).toEqual(["sent", "sent", "sent", "delivered", "delivery_failed"]);
});
