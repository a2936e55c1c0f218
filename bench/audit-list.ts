import { readVerification } from "#lib/audit/jobs/read-verification.ts";
import { type ListAuditEventsInput, listAuditEvents } from "#lib/audit/search/list-audit-events.ts";
import { listTrailActors } from "#lib/audit/search/list-trail-actors.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { listNumberHistory } from "#lib/numbers/list-number-history.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { fillTrail } from "./harness/fill-trail.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "audit-list";

/** AUDIT_BENCH_EVENTS=10000000 takes some ten minutes to fill, and 13 GB. */
const EVENTS = Number(process.env.AUDIT_BENCH_EVENTS ?? 1_000_000);
const ROUNDS = 7;
const TARGET_MS = 200;
const ACCOUNT = "00000000-0000-4000-8000-000000000007";
const NUMBER = "700000000000007";
const PERSON = "00000000-0000-4000-9000-000000000007";
const EMAIL = "person7@staff.test";
const DAY_MS = 86_400_000;

const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const MONTH = { from: ago(400), to: ago(370) };

const FILTERS: Record<string, ListAuditEventsInput> = {
  "no filter": {},
  "one person": { actorId: PERSON },
  "one person's address": { actorEmail: EMAIL },
  "a frequent action": { action: "flag.disabled" },
  "a rare action": { action: "roster.imported" },
  "one number": { targetType: "number", targetId: NUMBER },
  "a type of target, of which there is none": { targetType: "person" },
  "one account": { accountId: ACCOUNT },
  denials: { outcome: "denied" },
  "failures, of which there are none": { outcome: "failed" },
  imports: { channel: "import" },
  "the command line, never used": { channel: "cli" },
  "one day two years ago": { from: ago(730), to: ago(729) },
  "a year, which ended two years ago": { from: ago(1_095), to: ago(730) },
  "a person in a month": { actorEmail: EMAIL, ...MONTH },
  "a person's frequent action in a month": { actorId: PERSON, action: "flag.disabled", ...MONTH },
  "a person, by an action that is frequent and never theirs": {
    actorId: PERSON,
    action: "flag.enabled",
  },
  "denials of a person, of which there are none": { actorId: PERSON, outcome: "denied" },
  "an account, by a person": { accountId: ACCOUNT, actorId: PERSON },
  "an account's denials, of which there are none": { accountId: ACCOUNT, outcome: "denied" },
  "an account in a month": { accountId: ACCOUNT, ...MONTH },
  "a word that is everywhere": { reason: "asked" },
  "a word that is everywhere, in a month": { reason: "asked", ...MONTH },
  "a word that is in one entry": { reason: "zanzibar" },
  "a word that is in none": { reason: "kilimanjaro" },
  "a ticket's number": { reason: "T-123456" },
  "the beginnings of two words": { reason: "zanz* writ*" },
  "the beginning of old words": { reason: "renam*" },
  "a frequent beginning, and a word that is in none": { reason: "acc* kilimanjaro" },
  "three digits that many tickets begin with": { reason: "T-123*" },
  "a word of one account in 400": { reason: "account 77" },
  "a word of a hundredth, all old": { reason: "renaming" },
  "two frequent words that never meet": { reason: "renaming crm" },
  "a word, of one person": { reason: "renaming", actorEmail: EMAIL },
  "a word, of one account": { reason: "renaming", accountId: ACCOUNT },
  "a word, of one number": { reason: "asked", targetId: NUMBER },
};

/** The trail's first page by each filter, and the other reads of the Audit page. */
export async function run(stage: Stage): Promise<Row[]> {
  const { ownerUrl } = await stage.database();
  await fillTrail(ownerUrl, EVENTS);
  await addLatest();
  const auditor = aSystem("audit:read", "number:read");
  const rows: Row[] = [];
  const nextPages: number[] = [];
  const worst: number[] = [];
  for (const [what, filter] of Object.entries(FILTERS)) {
    let cursor: string | null = null;
    const first = await measure(async () => {
      ({ nextCursor: cursor } = await listAuditEvents(auditor, filter));
    });
    rows.push(toRow(`ms for the first page of ${EVENTS.toLocaleString("en")}: ${what}`, first));
    worst.push(...first);
    if (cursor === null) continue;
    const next = { ...filter, cursor };
    nextPages.push(median(await measure(() => listAuditEvents(auditor, next))));
  }
  return [
    ...rows,
    { what: "ms of the worst round of all of these", value: Math.max(...worst) },
    toRow("ms for the second page by the filter that takes longest", [Math.max(...nextPages)]),
    toRow(
      "ms for one number's history",
      await measure(() => listNumberHistory(auditor, NUMBER, {})),
    ),
    toRow("ms for who is in the trail", await measure(() => listTrailActors(auditor))),
    toRow("ms for the latest verification", await measure(() => readVerification(auditor))),
  ];
}

/** Adds entries that the index has not taken in yet, as on any day. */
async function addLatest(): Promise<void> {
  const changes = Array.from({ length: 60 }, (_, index) => ({
    phoneNumberId: String(700_000_000_000_000 + index),
    acceptsBsuid: true,
  }));
  await setFlags(await aPerson("support"), { changes, reason: "They asked for it this minute" });
}

async function measure(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times;
}

function toRow(what: string, times: readonly number[]): Row {
  return { what, value: median(times), target: { atMost: TARGET_MS } };
}
