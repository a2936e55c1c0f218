/** The three ways in which a business sends. */
export const ENDPOINTS = ["session", "template", "campaign"] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

const BSUID = "US.40000000000000000001";
const PHONE = "+15550100123";
const session = (recipient: object) => ({
  recipient,
  message: { text: "Your order is on its way." },
});
const template = (number: string, templateName: string) => ({
  number,
  templateName,
  language: "en",
  parameters: [],
});

/** A sample request of each kind, with invented people; the catalogue has their texts by these ids. */
export const SAMPLE_SENDS = {
  "session-bsuid": {
    endpoint: "session",
    isAuthenticationTemplate: false,
    request: session({ id: "", userId: BSUID, phoneNumber: "", channelType: "whatsapp" }),
  },
  "session-phone": {
    endpoint: "session",
    isAuthenticationTemplate: false,
    request: session({ id: PHONE, channelType: "whatsapp" }),
  },
  "session-contradictory": {
    endpoint: "session",
    isAuthenticationTemplate: false,
    request: session({ id: PHONE, userId: BSUID, phoneNumber: "", channelType: "whatsapp" }),
  },
  "template-bsuid": {
    endpoint: "template",
    isAuthenticationTemplate: false,
    request: template(`bsuid:${BSUID}`, "order_update"),
  },
  "template-authentication": {
    endpoint: "template",
    isAuthenticationTemplate: true,
    request: template(`bsuid:${BSUID}`, "one_time_password"),
  },
  "template-double-prefix": {
    endpoint: "template",
    isAuthenticationTemplate: false,
    request: template(`bsuid:bsuid:${BSUID}`, "order_update"),
  },
  campaign: {
    endpoint: "campaign",
    isAuthenticationTemplate: false,
    request: {
      entries: [
        { client: `bsuid:${BSUID}`, campaignName: "spring", variables: {} },
        { client: PHONE, campaignName: "spring", variables: {} },
        { client: BSUID, campaignName: "spring", variables: {} },
      ],
    },
  },
} as const satisfies Record<
  string,
  { endpoint: Endpoint; isAuthenticationTemplate: boolean; request: object }
>;

export type SampleSendId = keyof typeof SAMPLE_SENDS;
export const SAMPLE_SEND_IDS = Object.keys(SAMPLE_SENDS) as SampleSendId[];
