import { expect, test } from "vitest";
import { previewWebhooks } from "./preview-webhooks.ts";

const NUMBER = { phoneNumberId: "106540352242922", displayPhoneNumber: "+5511912345678" };
const OFF_ANA = { action: "drop", sender: null };
const ON_ANA = {
  action: "accept",
  sender: {
    id: "US.40000000000000000001",
    userId: "US.40000000000000000001",
    phoneNumber: "",
    channelType: "whatsapp",
    name: "Ana P",
  },
};

test("a phone-only number loses the phone-less customer now, and accepts them after a flip", () => {
  const [ana, bo, cy] = previewWebhooks({ ...NUMBER, acceptsBsuid: false });
  expect(ana).toEqual({
    case: "phone_less",
    sampleId: "phone-less",
    now: OFF_ANA,
    after: ON_ANA,
  });
  expect(bo).toMatchObject({
    now: { sender: { id: "+15550100123" } },
    after: { sender: { id: "US.40000000000000000002", phoneNumber: "+15550100123" } },
  });
  expect(cy).toMatchObject({
    case: "legacy",
    now: { sender: { id: "+15550100124" } },
    after: { sender: { id: "+15550100124", userId: "" } },
  });
});

test("an accepting number loses them after a flip", () => {
  const [ana] = previewWebhooks({ ...NUMBER, acceptsBsuid: true });
  expect(ana).toMatchObject({ now: ON_ANA, after: OFF_ANA });
});
