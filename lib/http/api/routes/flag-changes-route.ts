import { setFlags, setFlagsSchema } from "../../../flags/set-flags.ts";
import { operation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { changedFlagsSchema } from "../schemas/number-schema.ts";

/** Changes many flags at once, for a person. */
export const flagChangesRoute = defineRoute({
  path: "/api/v1/flag-changes",
  operations: {
    POST: operation({
      operationId: "setFlags",
      summary: "Set the flags of up to 10,000 numbers, all or nothing",
      description: "Unknown, retired, repeated or stale numbers are named, and nothing is changed.",
      tag: "Numbers",
      access: "flag:set",
      body: setFlagsSchema,
      problems: [413, 422],
      response: {
        description: "The numbers as they are now, or with dryRun would be.",
        schema: changedFlagsSchema,
      },
      isIdempotent: true,
      change: async ({ actor, body }) => await setFlags(actor, body),
      toReply: (result) => ({ body: result }),
    }),
  },
});
