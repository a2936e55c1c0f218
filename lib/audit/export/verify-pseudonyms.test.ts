import { expect, test } from "vitest";
import { chainDrafts, type Draft, ZOE } from "../../testing/chain-drafts.ts";
import { judgeFiles, WHOLE } from "../../testing/judge-files.ts";
import { signExport } from "../../testing/sign-export.ts";
import type { AuditEvent } from "../event.ts";
import { deriveSigningKey } from "../head/ed25519.ts";
import { digestRestated, toRestatedLine } from "../restatement-check.ts";

// Files of somebody who knows every rule and holds the console's key: whatever is refused here is
// refused for what the entries say. Two verifiers judge, which share no code.

const signing = deriveSigningKey("the console's");

const FORMER_ZOE = { name: "Former person zoe", email: "former-zoe@pseudonym.invalid" };
const BOB = { ...ZOE, id: "bob", email: "bob@staff.test", name: "Bob" };
const FORMER_BOB = { name: "Former person bob", email: "former-bob@pseudonym.invalid" };

const zoeNow = (by: number) => (event: AuditEvent) => ({
  ...event,
  actor: { ...event.actor, ...FORMER_ZOE },
  ip: null,
  userAgent: null,
  restatedBy: by,
});

type Attestation = {
  /** Which entries, and what becomes of each; from entry 1 on. */
  restate: Record<number, (event: AuditEvent) => AuditEvent>;
  /** Others than are restated, or lies about them. */
  says?: object;
  person?: { id: string; now: { name: string; email: string } };
};

/** Entries 1 to 3 by Zoë, Zoë and Bob; then an entry for each attestation, and one more at the end. */
function aTrail(...attestations: Attestation[]): AuditEvent[] {
  return aTrailWith({}, ...attestations);
}

/** The same with something in entry 3 that names Zoë. */
function aTrailWith(third: Draft, ...attestations: Attestation[]): AuditEvent[] {
  const drafts: Draft[] = [{}, {}, { actor: BOB, ...third }];
  const made: Record<number, AuditEvent> = {};
  for (const { restate, says = {}, person } of attestations) {
    const { id, now } = person ?? { id: "zoe", now: FORMER_ZOE };
    const events = chainDrafts(drafts);
    for (const [seq, change] of Object.entries(restate)) {
      const event = made[Number(seq)] ?? events[Number(seq) - 1];
      if (event) made[Number(seq)] = change(event);
    }
    const by = drafts.length + 1;
    const lines = Object.values(made).filter(({ restatedBy }) => restatedBy === by);
    const digest = digestRestated(lines.map(toRestatedLine));
    drafts.push({
      action: "person.pseudonymised",
      actor: { ...BOB, id: "admin", name: "Admin" },
      target: { type: "person", id, display: now.name },
      after: { ...now, events: lines.length, digest, ...says },
    });
  }
  return chainDrafts([...drafts, { actor: BOB }]).map((event) => made[event.seq] ?? event);
}

const judge = (events: readonly AuditEvent[]) =>
  judgeFiles([signExport(events, signing, { isArchive: true })], [signing.publicKey]);
const bob = { id: "bob", now: FORMER_BOB };
const both = { 1: zoeNow(4), 2: zoeNow(4) };
const later = (event: AuditEvent) => ({ ...event, restatedBy: 5 });
const bobNow = (event: AuditEvent) => ({
  ...event,
  actor: { ...event.actor, ...FORMER_BOB },
  ip: null,
  userAgent: null,
  restatedBy: 5,
});

test.each<[string, Attestation[]]>([
  ["of one person", [{ restate: both }]],
  ["of two", [{ restate: both }, { restate: { 3: bobNow }, person: bob }]],
  [
    "of one after the other, who takes over what names the first alone",
    [
      { restate: both },
      { restate: { 1: later, 2: later, 3: bobNow }, says: { supersedes: "4" }, person: bob },
    ],
  ],
])("are whole to both: %s", async (_, attestations) => {
  expect(await judge(aTrail(...attestations))).toEqual(WHOLE);
});

const aboutZoe = { target: { type: "person", id: "zoe", display: ZOE.name } };
const byFourth = (changed: object) => (event: AuditEvent) => ({
  ...event,
  ...changed,
  restatedBy: 4,
});

test.each<[string, Draft, object]>([
  ["an entry is about", aboutZoe, { target: { ...aboutZoe.target, display: FORMER_ZOE.name } }],
  ["a change names", { after: { manager: ZOE.email } }, { after: { manager: FORMER_ZOE.email } }],
])("a pseudonym of somebody whom %s is whole to both", async (_, third, changed) => {
  expect(await judge(aTrailWith(third, { restate: { 3: byFourth(changed) } }))).toEqual(WHOLE);
});

const edited = (event: AuditEvent) => ({ ...event, reason: "Somebody else asked" });
const change = (seq: number, to: (event: AuditEvent) => AuditEvent) =>
  aTrail({ restate: both }).map((event) => (event.seq === seq ? to(event) : event));
const original = chainDrafts([{}, {}, { actor: BOB }]);

test.each<[string, () => AuditEvent[], RegExp, RegExp]>([
  [
    "a restated entry that was edited",
    () => change(2, edited),
    /4: Entry 4 attests other/,
    /entry 4 restated/,
  ],
  [
    "an attestation of fewer entries than are restated",
    () => aTrail({ restate: both, says: { events: 1 } }),
    /4: Entry 4 attests other/,
    /entry 4 restated/,
  ],
  [
    "an attestation of other content",
    () => aTrail({ restate: both, says: { digest: "a".repeat(64) } }),
    /4: Entry 4 attests other/,
    /entry 4 restated/,
  ],
  [
    "an edit of somebody else's entry under the cover of it, attested",
    () => aTrail({ restate: { ...both, 3: (event) => ({ ...edited(event), restatedBy: 4 }) } }),
    /Entry 3 was edited/,
    /Entry 3 was edited/,
  ],
  [
    "a pseudonym whose address stayed",
    () => aTrail({ restate: { 1: (event) => ({ ...zoeNow(4)(event), ip: "192.0.2.7" }) } }),
    /Entry 1 was edited/,
    /Entry 1 was edited/,
  ],
  [
    "a pseudonym of another name",
    () =>
      aTrail({
        restate: { 1: (event) => ({ ...zoeNow(4)(event), actor: { ...ZOE, ...FORMER_BOB } }) },
      }),
    /Entry 1 was edited/,
    /Entry 1 was edited/,
  ],
  [
    "a pseudonym whose e-mail address stayed",
    () => {
      const actor = { ...ZOE, name: FORMER_ZOE.name };
      return aTrail({ restate: { 1: (event) => ({ ...zoeNow(4)(event), actor }) } });
    },
    /Entry 1 was edited/,
    /Entry 1 was edited/,
  ],
  [
    "an entry about a pseudonym that has the name still",
    () => aTrailWith(aboutZoe, { restate: { 3: byFourth({ reason: "Somebody else asked" }) } }),
    /Entry 3 was edited/,
    /Entry 3 was edited/,
  ],
  [
    "a restated entry that was edited in a file that begins later",
    () => {
      const trail = aTrail({ restate: { 2: zoeNow(4) } }).slice(1);
      return trail.map((event) => (event.seq === 2 ? edited(event) : event));
    },
    /4: Entry 4 attests other/,
    /entry 4 restated/,
  ],
  [
    "a restated entry that was edited, rather than a later one",
    () => change(2, edited).map((event) => (event.seq === 5 ? edited(event) : event)),
    /4: Entry 4 attests other/,
    /entry 4 restated/,
  ],
  [
    "an entry edited under the cover of one that attests nothing",
    () => change(3, (event) => ({ ...edited(event), restatedBy: 5 })),
    /3: Entry 3 was edited/,
    /Nothing attests what entry 5/,
  ],
  [
    "an entry edited under the cover of an earlier one",
    () => change(5, (event) => ({ ...edited(event), restatedBy: 4 })),
    /5: Entry 5 was edited: nothing before it/,
    /Nothing attests what entry 4/,
  ],
  [
    "restated entries that are as they were before",
    () => aTrail({ restate: both }).map((event) => original[event.seq - 1] ?? event),
    /4: What entry 4 restated is not there/,
    /What entry 4 restated is not there/,
  ],
  [
    "a restatement taken over without saying so",
    () => aTrail({ restate: both }, { restate: { 1: later, 2: later, 3: bobNow }, person: bob }),
    /Entry 1 was edited/,
    /Entry 1 was edited/,
  ],
])("both refuse %s", async (_, make, ours, outsiders) => {
  const said = await judge(make());
  expect(said.ours).toMatch(ours);
  expect(said.outsider).toMatch(outsiders);
});
