import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Verification } from "#lib/audit/jobs/read-verification.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { TrailState } from "./trail-state.tsx";
import { TrailTrouble } from "./trail-trouble.tsx";

const signedAt = "2026-11-22T10:00:00.000Z";
const verification = {
  verifiedAt: new Date(signedAt),
  isWhole: true,
  isFull: true,
  firstSeq: 1,
  throughSeq: 209,
  problem: null,
  rechecked: null,
  fullAt: new Date(signedAt),
  head: { seq: 209, signedAt: new Date(signedAt), keyId: "0123456789abcdef" },
  missingFiles: [],
  tookMs: 1_234,
  askedBy: null,
};

type Facts = Parameters<typeof TrailState>[0] & Parameters<typeof TrailTrouble>[0];

function toText(
  lastHead: Facts["lastHead"],
  headProblem: Facts["headProblem"] = null,
  verified: Partial<Verification> = {},
): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages} now={new Date(signedAt)}>
      <TrailTrouble verification={{ ...verification, ...verified }} headProblem={headProblem} />
      <TrailState verification={{ ...verification, ...verified }} lastHead={lastHead} />
    </NextIntlClientProvider>,
  );
  return html.replaceAll(/<[^>]*>/g, "");
}

test("the last signed head shown is the last one signed, not the last one verified", () => {
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
  expect(text).toContain("Verified up to entry 209");
  expect(text).toMatch(/Last signed head: entry 211, .* with the key fedcba9876543210/);
});

test("says so when no head was signed yet", () => {
  expect(toText(null)).toContain("No head is signed yet");
});

test("when heads are no longer signed, that comes first, with the reason", () => {
  const text = toText(null, "This console signed entry 5.");
  expect(text).toMatch(
    /^The trail is no longer signed.*This console signed entry 5\..*Verified up to/,
  );
});

const part = { isFull: false, firstSeq: 201, rechecked: { firstSeq: 1, lastSeq: 200 } };
const archived = { firstSeq: 101 };

test.each<[string, Partial<Verification>, RegExp]>([
  ["read as a whole", {}, /^Verified up to entry 209, .* Every entry was read\./],
  [
    "read in part",
    part,
    /^Entries 201 to 209 verified .* older entries 1 to 200 were read again\./,
  ],
  [
    "read, with nothing new",
    { ...part, firstSeq: 210 },
    /^Verified .*: no entry has been added since entry 209/,
  ],
  [
    "archived in part",
    archived,
    /^Entries 101 to 209 verified .* are in archives\. The archive files/,
  ],
  [
    "without its archives",
    { ...archived, missingFiles: ["audit-1.jsonl"] },
    /Not in AUDIT_ARCHIVE_DIR: audit-1\.jsonl\./,
  ],
  [
    "without entries",
    { firstSeq: 1, throughSeq: 0 },
    /^Nothing was checked .*: the trail had no entries\./,
  ],
])(
  "a trail %s is described by its result, and never as verified by a part of it",
  (_, verified, words) => {
    const text = toText(null, null, verified);
    expect(text).toMatch(words);
    const isWhole = verified.firstSeq === undefined;
    expect(/Verified up to|Every entry/.test(text)).toBe(isWhole);
  },
);

test.each<[Partial<Verification>, string]>([
  [{}, "It took 1.3 s."],
  [{ tookMs: 3, askedBy: "Ana" }, "It took 0.1 s, and Ana asked for it."],
  [{ isWhole: false, problem: "Bad.", askedBy: "Ana" }, "It took 1.3 s, and Ana asked for it."],
])("the duration and who asked are shown: %j", (verified, words) => {
  expect(toText(null, null, verified)).toContain(words);
});
