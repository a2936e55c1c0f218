import { z } from "zod";
import { importRoster } from "../../roster/import-roster.ts";
import { rosterEntrySchema } from "../../roster/roster-entry.ts";
import { readEntries } from "../body/read-entries.ts";
import { jsonResponse } from "../json-response.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";

const count = z.int().min(0);
const responseSchema = z.strictObject({ created: count, updated: count, unchanged: count });

/** The roster from the system of record. */
export const rosterRoute = defineRoute({
  path: "/api/v1/roster",
  operations: {
    PUT: operation({
      operationId: "importRoster",
      summary: "Bring the roster up to date, all or nothing",
      description:
        "Upserts by phoneNumberId. Flags stay as they are, but a number that moves to another portfolio is switched off. A JSON array may have 16 MiB, NDJSON 64 MiB.",
      tag: "Roster",
      access: "roster:write",
      requestBody: {
        "application/json": z.array(rosterEntrySchema),
        "application/x-ndjson": rosterEntrySchema,
      },
      problems: [413],
      response: { description: "What the import did.", schema: responseSchema },
      answer: async ({ actor, request }) =>
        jsonResponse(await importRoster(actor, readEntries(request))),
    }),
  },
});
