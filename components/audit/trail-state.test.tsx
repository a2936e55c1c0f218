import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import messages from "../../messages/en.json" with { type: "json" };
import { TrailState } from "./trail-state.tsx";

const signedAt = "2026-11-22T10:00:00.000Z";
const verification = {
  verifiedAt: new Date(signedAt),
  isWhole: true,
  isFull: true,
  firstSeq: 1,
  throughSeq: 209,
  problem: null,
  again: null,
  fullAt: new Date(signedAt),
  head: { seq: 209, signedAt: new Date(signedAt), keyId: "0123456789abcdef" },
  missingFiles: [],
  tookMs: 1_234,
  askedBy: null,
};

type Facts = Parameters<typeof TrailState>[0];

function toText(lastHead: Facts["lastHead"], headProblem: Facts["headProblem"] = null): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages} now={new Date(signedAt)}>
      <TrailState verification={verification} headProblem={headProblem} lastHead={lastHead} />
    </NextIntlClientProvider>,
  );
  return html.replaceAll(/<[^>]*>/g, "");
}

test("the last signed head is the last that was signed, and not the last that was verified", () => {
  const chain = { origin: "c", previous: "d" };
  const head = {
    ...chain,
    seq: 211,
    hash: "a",
    signedAt,
    keyId: "fedcba9876543210",
    signature: "b",
  };
  const text = toText(head);
  expect(text).toContain("whole up to entry 209");
  expect(text).toMatch(/Last signed head: entry 211, .* with the key fedcba9876543210/);
});

test("before any was signed it says so", () => {
  expect(toText(null)).toContain("No head is signed yet");
});

test("where no head is signed any more, that comes first, with the reason", () => {
  const text = toText(null, "This console signed entry 5.");
  expect(text).toMatch(
    /^The trail is not signed any more.*This console signed entry 5\..*is whole/,
  );
});
