import { z } from "zod";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { inAuditedTransaction } from "../../db/transaction.ts";
import { parseInput } from "../../parse-input.ts";
import { appendEvents } from "../append-events.ts";
import type { AuditFields } from "../event.ts";
import { getOrSignHead } from "../head/get-or-sign-head.ts";
import { toOpeningScope } from "../private/hide-origins.ts";
import { readErasedCommitments } from "../private/read-erased-commitments.ts";
import { auditFilterSchema } from "../search/audit-filter.ts";
import { requireKnownValues } from "../search/require-known-values.ts";
import { type ResolvedFilter, resolveFilter } from "../search/resolve-filter.ts";
import type { OpeningScope } from "./event-line.ts";
import type { ExportSummary } from "./manifest.ts";
import { countMatching, type Matching, readMatching, toMatching } from "./read-matching.ts";
import { toCsv } from "./to-csv.ts";
import { toJsonLines } from "./to-json-lines.ts";

const FORMATS = ["jsonl", "csv"] as const;

export const exportFormatSchema = z.enum(FORMATS).default("jsonl").meta({
  description: "JSON Lines, which can be verified, or CSV (RFC 4180) for spreadsheets.",
});

export const exportTrailSchema = auditFilterSchema.safeExtend({ format: exportFormatSchema });

export type TrailExport = {
  format: (typeof FORMATS)[number];
  summary: ExportSummary;
  /** Text to send as it is read; throws when events go missing meanwhile, so that no export looks complete. */
  chunks: AsyncGenerator<string>;
};

/**
 * Exports the events that meet a filter, oldest first, without those added later. The export is
 * recorded in the trail before its first byte, so that an interrupted one is on record, too.
 * Takes `audit:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid filter or one that names something unknown; CONFLICT while
 * the trail cannot be signed
 */
export async function exportTrail(
  actor: Actor,
  input: z.input<typeof exportTrailSchema>,
): Promise<TrailExport> {
  authorize(actor, "audit:read");
  const { format, ...filter } = parseInput(exportTrailSchema, input);
  await requireKnownValues(filter);
  const { seq, headHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  // Before recording: an export that cannot be signed is not recorded.
  const head = await getOrSignHead({ seq, hash: headHash });
  const resolved = await resolveFilter(filter);
  const matching = await toMatching(resolved, seq);
  const counted = await countMatching(matching);
  await inAuditedTransaction(actor, async (tx) => {
    await appendEvents(tx, [
      {
        action: "audit.exported",
        target: { type: "audit", id: "trail", display: "The audit trail" },
        before: null,
        after: { format, ...counted, upToSeq: Number(seq), ...toResolvedFields(resolved) },
      },
    ]);
  });
  const summary = { ...counted, head };
  const openings = toOpeningScope(actor);
  const pages = readWhole(matching, { openings, announced: counted.count });
  if (format === "csv") return { format, summary, chunks: toCsv(pages) };
  const content = {
    ...summary,
    filter: toFields(filter),
    withheld: openings === "all" ? null : ("origins" as const),
  };
  return { format, summary, chunks: toJsonLines(pages, content, readErasedCommitments) };
}

/** @throws Error when the number of events read is not the one announced */
async function* readWhole(
  matching: Matching,
  { openings, announced }: { openings: OpeningScope; announced: number },
) {
  let count = 0;
  for await (const page of readMatching(matching, openings)) {
    count += page.count;
    yield page;
  }
  if (count === announced) return;
  throw new Error(`The export has ${count} events and announced ${announced}.`);
}

/** The filter as the trail records it: people by id, not by email address. */
function toResolvedFields({ actorIds, ...filter }: ResolvedFilter): AuditFields {
  return { ...toFields(filter), ...(actorIds ? { actorIds: actorIds.join(" ") } : {}) };
}

function toFields(filter: { [name: string]: string | Date | undefined }): AuditFields | null {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : value]],
  );
  return given.length === 0 ? null : Object.fromEntries(given);
}
