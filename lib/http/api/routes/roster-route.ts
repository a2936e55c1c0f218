import { z } from "zod";
import { parseInput } from "../../../parse-input.ts";
import { importOptionsSchema } from "../../../roster/import-options.ts";
import { importRoster } from "../../../roster/import-roster.ts";
import { rosterEntrySchema } from "../../../roster/roster-entry.ts";
import { readEntries } from "../../request/body/read-entries.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";

const count = z.int().min(0);
const warning = z.strictObject({ path: z.string(), message: z.string() });
const responseSchema = z.strictObject({
  created: count,
  updated: count,
  unchanged: count,
  retired: count.optional().meta({ description: "With retireAbsent." }),
  wouldSwitchOff: z
    .array(z.strictObject({ phoneNumberId: z.string(), why: z.enum(["moves", "absent"]) }))
    .optional()
    .meta({
      description: "Of a dry run, the first 100: it moves to another portfolio, or is absent.",
    }),
  wouldSwitchOffCount: count.optional(),
  wouldRetire: z.array(z.string()).optional().meta({ description: "Of a dry run, the first 100." }),
  wouldRetireCount: count.optional(),
  warnings: z.array(warning).optional().meta({
    description: "What is strange about it and no reason to refuse it, the first 100.",
  }),
  warningCount: count.optional(),
});

/** Imports the roster from the system of record. */
export const rosterRoute = defineRoute({
  path: "/api/v1/roster",
  operations: {
    PUT: operation({
      operationId: "importRoster",
      summary: "Bring the roster up to date, all or nothing",
      description:
        "Upserts by phoneNumberId. Flags stay as they are, but a number that moves to another portfolio is switched off. 409 when it would switch off more than 10 numbers, or retire more than 5 % of them, and does not name how many. A JSON array may have 16 MiB, NDJSON 64 MiB.",
      tag: "Roster",
      access: "roster:write",
      query: importOptionsSchema,
      requestBody: {
        "application/json": z.array(rosterEntrySchema),
        "application/x-ndjson": rosterEntrySchema,
      },
      problems: [409, 413],
      response: { description: "What the import did.", schema: responseSchema },
      answer: async ({ actor, request, query }) => {
        const options = parseInput(importOptionsSchema, query);
        return jsonResponse(await importRoster(actor, readEntries(request), options));
      },
    }),
  },
});
