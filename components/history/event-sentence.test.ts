import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import messages from "../../messages/en.json" with { type: "json" };
import { ACTIONS } from "./event-icons.ts";
import { toSentence } from "./event-sentence.ts";

const t = createTranslator({
  locale: "en",
  messages,
  namespace: "event",
  onError: (error) => {
    throw error;
  },
});

/** The sentence as plain text. */
function tell(event: Parameters<typeof toSentence>[0]): string {
  const { key, values } = toSentence(event);
  return t.markup(key, { ...values, actor: () => "Pat", target: () => "Acme Support" });
}

describe.each(ACTIONS)("%s", (action) => {
  test.each(["success", "denied", "failed"] as const)("reads as a sentence when %s", (outcome) => {
    const sentence = tell({ action, outcome });
    expect(sentence).toMatch(/Pat|Acme Support/);
    expect(sentence).not.toMatch(/[<>{}]|event\./);
  });

  test("has a name for the filter", () => {
    expect(t(`action.${action}`)).not.toContain("event.");
  });
});

test("no two actions read the same", () => {
  const sentences = ACTIONS.map((action) => tell({ action, outcome: "success" }));
  expect(new Set(sentences).size).toBe(ACTIONS.length);
});

test("an entry of an action unknown to this console is described by the action's name", () => {
  expect(tell({ action: "campaign.sent", outcome: "success" })).toBe(
    "Pat: campaign.sent, Acme Support",
  );
  expect(tell({ action: "toString", outcome: "success" })).toContain("toString");
});
