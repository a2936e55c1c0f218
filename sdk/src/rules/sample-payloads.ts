/** A payload as Meta sends it, with invented people and numbers. */
export type SamplePayload = {
  /** Stable, for links. */
  id: string;
  /** A few words, in English. */
  title: string;
  payload: Readonly<Record<string, unknown>>;
};

const NUMBER = { display_phone_number: "15550100199", phone_number_id: "300000000000001" };
const SECOND_NUMBER = { display_phone_number: "15550100188", phone_number_id: "300000000000002" };

const ANA = { profile: { name: "Ana P", username: "anap.01" }, user_id: "US.40000000000000000001" };
const BO = {
  profile: { name: "Bo K" },
  wa_id: "15550100123",
  user_id: "US.40000000000000000002",
};
const CY = { profile: { name: "Cy L" }, wa_id: "15550100124" };

const fromAna = { from_user_id: ANA.user_id };
const fromBo = { from: BO.wa_id, from_user_id: BO.user_id };
const fromCy = { from: CY.wa_id };

/** The timestamp `seconds` after the first sample. */
function at(seconds: number): string {
  return String(1_790_000_000 + seconds);
}

function text(body: string) {
  return { type: "text", text: { body } };
}

function change(value: Record<string, unknown>, field = "messages", metadata = NUMBER) {
  return { field, value: { messaging_product: "whatsapp", metadata, ...value } };
}

function webhook(...changes: ReturnType<typeof change>[]) {
  return { object: "whatsapp_business_account", entry: [{ id: "200000000000001", changes }] };
}

function received(contacts: unknown[], ...messages: unknown[]) {
  return webhook(change({ contacts, messages }));
}

/** One of each kind that support and integrators meet, messages first. */
export const SAMPLE_PAYLOADS: readonly SamplePayload[] = [
  {
    id: "phone-less",
    title: "Message of a customer without a phone",
    payload: received([ANA], { ...fromAna, id: "wamid.A1", timestamp: at(0), ...text("hi") }),
  },
  {
    id: "phone-and-bsuid",
    title: "Message of a customer with a phone and a BSUID",
    payload: received([BO], { ...fromBo, id: "wamid.B1", timestamp: at(10), ...text("hi") }),
  },
  {
    id: "legacy",
    title: "Message of a customer with a phone only",
    payload: received([CY], { ...fromCy, id: "wamid.C1", timestamp: at(20), ...text("hi") }),
  },
  {
    id: "unidentified",
    title: "Message without a phone or a BSUID",
    payload: received([{ profile: { name: "Nobody" } }], {
      id: "wamid.U1",
      timestamp: at(30),
      ...text("who am I?"),
    }),
  },
  {
    id: "parent-bsuid",
    title: "Message of a customer with a parent BSUID as well",
    payload: received([{ ...ANA, parent_user_id: "US.ENT.50000000000000000001" }], {
      ...fromAna,
      from_parent_user_id: "US.ENT.50000000000000000001",
      id: "wamid.P1",
      timestamp: at(40),
      ...text("hi"),
    }),
  },
  {
    id: "image",
    title: "Picture of a customer with a phone and a BSUID",
    payload: received([BO], {
      ...fromBo,
      id: "wamid.I1",
      timestamp: at(50),
      type: "image",
      image: { id: "900000000000001", mime_type: "image/jpeg", caption: "My receipt" },
    }),
  },
  {
    id: "button-reply",
    title: "Tapped reply button of a customer without a phone",
    payload: received([ANA], {
      ...fromAna,
      context: { from: "15550100199", id: "wamid.SENT1", from_user_id: "US.60000000000000000001" },
      id: "wamid.R1",
      timestamp: at(60),
      type: "interactive",
      interactive: { type: "button_reply", button_reply: { id: "yes", title: "Yes, please" } },
    }),
  },
  {
    id: "contact-request-reply",
    title: "Customer without a phone shares one by the contact button",
    payload: received([ANA], {
      ...fromAna,
      id: "wamid.F1",
      timestamp: at(400),
      type: "contacts",
      contacts: [
        {
          origin: "contact_request",
          phones: [{ phone: "+15550100126", wa_id: "15550100126", type: "CELL" }],
        },
      ],
    }),
  },
  {
    id: "group-message",
    title: "Message in a group, of a customer without a phone",
    payload: received([ANA], {
      ...fromAna,
      group_id: "Y2FwaV9ncm91cDoxNTU1MDEwMDE5OTox",
      id: "wamid.G1",
      timestamp: at(70),
      ...text("hello all"),
    }),
  },
  {
    id: "batch",
    title: "Several customers and two numbers in one payload",
    payload: webhook(
      change({
        // Deliberately in another order than the messages, with one contact that has no id.
        contacts: [CY, { profile: { name: "No Id" } }, BO, ANA],
        messages: [
          { ...fromAna, id: "wamid.M1", timestamp: at(80), ...text("one") },
          { ...fromBo, id: "wamid.M2", timestamp: at(81), ...text("two") },
          { ...fromCy, id: "wamid.M3", timestamp: at(82), ...text("three") },
          { ...fromAna, timestamp: at(83), ...text("a message without an id") },
        ],
      }),
      change(
        {
          contacts: [ANA],
          messages: [{ ...fromAna, id: "wamid.M4", timestamp: at(84), ...text("four") }],
        },
        "messages",
        SECOND_NUMBER,
      ),
    ),
  },
  {
    id: "delivered-phone-less",
    title: "Delivered to a customer without a phone",
    payload: webhook(
      change({
        contacts: [ANA],
        statuses: [
          {
            id: "wamid.D1",
            status: "delivered",
            timestamp: at(100),
            recipient_user_id: ANA.user_id,
            pricing: { billable: true, pricing_model: "PMP", type: "regular", category: "utility" },
          },
        ],
      }),
    ),
  },
  {
    id: "sent-to-phone",
    title: "Sent to a customer's phone",
    payload: webhook(
      change({
        contacts: [{ wa_id: BO.wa_id, user_id: BO.user_id }],
        statuses: [
          {
            id: "wamid.D2",
            status: "sent",
            timestamp: at(110),
            recipient_id: BO.wa_id,
            recipient_user_id: BO.user_id,
          },
        ],
      }),
    ),
  },
  {
    id: "failed-to-phone",
    title: "Not delivered to a customer's phone",
    payload: webhook(
      change({
        statuses: [
          {
            id: "wamid.D3",
            status: "failed",
            timestamp: at(120),
            recipient_id: BO.wa_id,
            errors: [
              { code: 131049, title: "not delivered", error_data: { details: "ecosystem" } },
            ],
          },
        ],
      }),
    ),
  },
  {
    id: "group-status",
    title: "Delivered to one participant of a group",
    payload: webhook(
      change({
        contacts: [ANA],
        statuses: [
          {
            id: "wamid.D4",
            status: "delivered",
            timestamp: at(130),
            recipient_type: "group",
            recipient_id: "Y2FwaV9ncm91cDoxNTU1MDEwMDE5OTox",
            recipient_participant_user_id: ANA.user_id,
          },
        ],
      }),
    ),
  },
  {
    id: "user-id-update",
    title: "A BSUID has changed: previous and current",
    payload: webhook(
      change(
        {
          contacts: [{ profile: { name: "Ana P" } }],
          user_id_update: [
            {
              detail: "User id for Ana P has been updated.",
              user_id: { previous: ANA.user_id, current: "US.40000000000000000009" },
              parent_user_id: {
                previous: "US.ENT.50000000000000000001",
                current: "US.ENT.50000000000000000009",
              },
              timestamp: at(300),
            },
          ],
        },
        "user_id_update",
      ),
    ),
  },
  {
    id: "system-user-id",
    title: "A BSUID has changed: system message, new one only",
    payload: webhook(
      change({
        messages: [
          {
            id: "wamid.E2",
            timestamp: at(301),
            type: "system",
            system: {
              body: "User Ana P changed from US.40000000000000000001 to US.40000000000000000009",
              user_id: "US.40000000000000000009",
              type: "user_changed_user_id",
            },
          },
        ],
      }),
    ),
  },
  {
    id: "system-number",
    title: "A phone and with it the BSUID have changed",
    payload: webhook(
      change({
        messages: [
          {
            from: BO.wa_id,
            id: "wamid.E3",
            timestamp: at(302),
            type: "system",
            system: {
              body: "User Bo K changed from 15550100123 to 15550100125",
              wa_id: "15550100125",
              user_id: "US.40000000000000000008",
              type: "user_changed_number",
            },
          },
        ],
      }),
    ),
  },
  {
    id: "call",
    title: "Call of a customer without a phone",
    payload: webhook(
      change(
        {
          contacts: [ANA],
          calls: [
            {
              id: "wacid.G1",
              ...fromAna,
              to: "15550100199",
              event: "connect",
              timestamp: at(500),
              direction: "USER_INITIATED",
            },
          ],
        },
        "calls",
      ),
    ),
  },
];
