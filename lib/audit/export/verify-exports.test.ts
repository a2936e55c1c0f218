import { expect, test } from "vitest";
import { chainDrafts, type Draft } from "#testing/trail/chain-drafts.ts";
import { sha256, signExport } from "#testing/trail/sign-export.ts";
import { verifyFiles, WHOLE } from "#testing/trail/verify-files.ts";
import { deriveSigningKey } from "../../ed25519.ts";
import { GENESIS_HASH, type SignedEvent } from "../event.ts";

// Files of somebody who knows every rule and holds the console's key: whatever is refused here is
// refused for what the entries say. Two verifiers, which share no code, must agree.

const signing = deriveSigningKey("the console's");
const former = deriveSigningKey("the console's until last year");
const stranger = deriveSigningKey("somebody else's");

const verify = (texts: readonly string[], keys = [signing.publicKey]) => verifyFiles(texts, keys);

function toFlip(id: string, acceptsBsuid: boolean, revision: number): Draft {
  return {
    action: acceptsBsuid ? "flag.enabled" : "flag.disabled",
    target: { type: "number", id, display: id },
    before: { acceptsBsuid: !acceptsBsuid },
    after: { acceptsBsuid },
    revision,
  };
}

const old = chainDrafts([toFlip("1", true, 1), toFlip("2", true, 2), toFlip("1", false, 3)]);
const archive = signExport(old, signing, { isArchive: true });
const [first, , last] = old;
const tombstone = {
  firstSeq: 1,
  lastSeq: 3,
  entries: 3,
  prevHash: GENESIS_HASH,
  lastHash: last?.hash ?? "",
  file: "audit",
  fileDigest: sha256(archive),
};

/** The rest, with a lie in its tombstone or another first flip. */
function toRest(lie: object = {}, flip = toFlip("2", false, 4)): SignedEvent[] {
  const drafts = [flip, { action: "audit.archived", after: { ...tombstone, ...lie } }];
  return chainDrafts(drafts, { from: 4, prevHash: last?.hash ?? "" });
}
const rest = signExport(toRest(), signing);
const later = chainDrafts([toFlip("2", false, 4), {}], { from: 4, prevHash: last?.hash ?? "" });

test.each([
  ["together", [archive, rest]],
  ["the archive alone", [archive]],
  ["the rest alone, which tells where it begins", [rest]],
  [
    "a later archive alone, which does not tell of the one before",
    [signExport(toRest().slice(0, 1), signing, { isArchive: true })],
  ],
  [
    "a later archive and what followed, which do not tell of the one before",
    [
      signExport(later.slice(0, 1), signing, { isArchive: true }),
      signExport(later.slice(1), signing),
    ],
  ],
  [
    "with a rest that begins after the archive, and ends before what tells of it",
    [archive, signExport(toRest().slice(0, 1), signing)],
  ],
])("are whole to both: %s", async (_, texts) => {
  expect(await verify(texts)).toEqual(WHOLE);
});

test.each<[string, string[], string, string]>([
  [
    "an archive written anew, right in itself",
    [signExport(old, signing), rest],
    "SHA-256 is another",
    "SHA-256 is another",
  ],
  [
    "a tombstone of another file",
    [archive, signExport(toRest({ fileDigest: "a".repeat(64) }), signing)],
    "SHA-256 is another",
    "SHA-256 is another",
  ],
  [
    "a rest whose tombstone tells of an earlier end",
    [signExport(toRest({ lastSeq: 2 }), signing)],
    "Entry 3 is missing",
    "Entry 3 is missing",
  ],
  [
    "a rest whose tombstone tells of another chain",
    [signExport(toRest({ lastHash: first?.hash }), signing)],
    "Entry 3 is missing",
    "Entry 3 is missing",
  ],
  [
    "a rest in which nothing tells of an archive yet",
    [signExport(toRest().slice(0, 1), signing)],
    "Entry 3 is missing",
    "Entry 3 is missing",
  ],
  [
    "a rest that lost its beginning",
    [signExport(toRest().slice(1), signing)],
    "Entry 4 is missing",
    "Entry 4 is missing",
  ],
  [
    "an archive that lost its end",
    [signExport(old.slice(0, 2), signing, { isArchive: true }), rest],
    "Entry 3 is missing",
    "Entry 3 is missing",
  ],
  [
    "an archive that lost its beginning",
    [signExport(old.slice(1), signing), rest],
    "Entry 1 is missing",
    "Entry 1 is missing",
  ],
  [
    "an archive of another chain",
    [signExport(chainDrafts([{}, {}, {}]), signing, { isArchive: true }), rest],
    "4: Entry 4 does not continue entry 3",
    "Entry 4 does not continue",
  ],
  [
    "a flip from a value that the archive did not leave",
    [archive, signExport(toRest({}, toFlip("1", false, 4)), signing)],
    "4: Entry 4 changes number 1",
    "Entry 4 changes a flag",
  ],
  [
    "a first flip from a value that no number begins with",
    [archive, signExport(toRest({}, toFlip("3", false, 4)), signing)],
    "4: Entry 4 changes number 3",
    "Entry 4 changes a flag",
  ],
  [
    "a revision that was left out between them",
    [archive, signExport(toRest({}, toFlip("2", false, 5)), signing)],
    "4: Entry 4 has revision 5",
    "Entry 4 has the wrong revision",
  ],
  [
    "a trail whose first entry continues another",
    [signExport(chainDrafts([{}, {}], { prevHash: "a".repeat(64) }), signing)],
    "Entry 1 does not continue",
    "Entry 1 does not begin the chain",
  ],
  [
    "a filtered file whose entries are out of order",
    [signExport(old.toReversed(), signing, { filter: { action: "x" } })],
    "Entry 2 is out of order",
    "Entry 2 is out of order",
  ],
  [
    "a filtered file among several",
    [archive, signExport(toRest(), signing, { filter: { action: "x" } })],
    "goes on from no other file",
    "goes on from no other file",
  ],
])("both refuse %s", async (_, texts, ours, outsiders) => {
  const said = await verify(texts);
  expect(said.ours).toContain(ours);
  expect(said.outsider).toContain(outsiders);
});

test("after another key took over, both keys are needed, and each vouches for its own", async () => {
  const before = signExport(old, former, { isArchive: true });
  const after = signExport(toRest({ fileDigest: sha256(before) }), signing);
  const [now, then] = [signing.publicKey, former.publicKey];
  expect(await verify([before, after], [now, then])).toEqual(WHOLE);
  for (const keys of [[now], [then]]) {
    const said = await verify([before, after], keys);
    expect(said.ours).toContain("not among those trusted here");
    expect(said.outsider).toContain("not signed by the key you named");
  }
});

const UNTRUSTED = `${stranger.publicKey.keyId}, which is not among those trusted here`;
const forger = { privateKey: stranger.privateKey, publicKey: signing.publicKey };

test.each([
  ["the head", { signing, headSigning: stranger }, UNTRUSTED],
  ["the manifest", { signing: stranger, headSigning: signing }, UNTRUSTED],
  ["the head, in our name", { signing, headSigning: forger }, "head of entry 3 is not signed"],
  [
    "the manifest, in our name",
    { signing: forger, headSigning: signing },
    "manifest is not signed",
  ],
])("both refuse a file of which somebody else signed %s", async (_, by, words) => {
  const said = await verify([signExport(old, by.signing, { headSigning: by.headSigning })]);
  expect(said.ours).toContain(words);
  expect(said.outsider).toContain("not signed by the key you named");
});
