import { type ListAuditEventsInput, listAuditEvents } from "#lib/audit/list-audit-events.ts";
import { aSystem } from "#lib/testing/factories.ts";
import { fillTrail } from "./harness/fill-trail.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "audit-list";

/** Ten million take some ten minutes to fill: AUDIT_BENCH_EVENTS=10000000. */
const EVENTS = Number(process.env.AUDIT_BENCH_EVENTS ?? 1_000_000);
const ROUNDS = 7;
const ACCOUNT = "00000000-0000-4000-8000-000000000007";
const NUMBER = "700000000000007";
const DAY_MS = 86_400_000;

const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

const FILTERS: Record<string, ListAuditEventsInput> = {
  "no filter": {},
  "one person": { actorId: "00000000-0000-4000-9000-000000000007" },
  "one person's address": { actorEmail: "person7@staff.test" },
  "an address that nobody has": { actorEmail: "nobody@staff.test" },
  "a frequent action": { action: "flag.disabled" },
  "a rare action": { action: "roster.imported" },
  "one number": { targetType: "number", targetId: NUMBER },
  "one account": { accountId: ACCOUNT },
  denials: { outcome: "denied" },
  "failures, of which there are none": { outcome: "failed" },
  imports: { channel: "import" },
  "the command line, never used": { channel: "cli" },
  "one day two years ago": { from: ago(730), to: ago(729) },
  "a year, which ended two years ago": { from: ago(1_095), to: ago(730) },
  "a person in a month": { actorEmail: "person7@staff.test", from: ago(400), to: ago(370) },
  "a word that is everywhere": { reason: "asked" },
  "a word that is in one entry": { reason: "zanzibar" },
  "a word that is in none": { reason: "kilimanjaro" },
  "the beginnings of two words": { reason: "zanz* writ*" },
  "a word of one account in 400": { reason: "account 77" },
  "a word of a hundredth, all old": { reason: "renaming" },
  "a word, of one person": { reason: "renaming", actorEmail: "person7@staff.test" },
};

/** The trail's first page by each filter; what the Audit page and the API wait for. */
export async function run(stage: Stage): Promise<Row[]> {
  const { ownerUrl } = await stage.database();
  await fillTrail(ownerUrl, EVENTS);
  const auditor = aSystem("audit:read");
  const rows: Row[] = [];
  for (const [what, filter] of Object.entries(FILTERS)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedAt = performance.now();
      await listAuditEvents(auditor, filter);
      times.push(performance.now() - startedAt);
    }
    rows.push({
      what: `ms for the first page of ${EVENTS.toLocaleString("en")}: ${what}`,
      value: median(times),
      target: { atMost: 200 },
    });
  }
  return rows;
}
