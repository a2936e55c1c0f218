import { setFlags, setFlagsSchema } from "../../../flags/set-flags.ts";
import { operation } from "../operation.ts";
import { prefersStrict } from "../read-preference.ts";
import { defineRoute } from "../route.ts";
import { handlingHeadersSchema } from "../schemas/header-schemas.ts";
import { changedFlagsSchema } from "../schemas/number-schema.ts";
import { ACCEPTED_AS_REQUEST } from "../schemas/request-schema.ts";

/** Changes many flags at once, for a person. */
export const flagChangesRoute = defineRoute({
  path: "/api/v1/flag-changes",
  operations: {
    POST: operation({
      operationId: "setFlags",
      summary: "Set the flags of up to 10,000 numbers, all or nothing",
      description:
        "Unknown, retired, repeated or stale numbers are named, and nothing is changed. With one number of an account that needs two people, all of it becomes one request.",
      tag: "Numbers",
      access: "flag:set",
      headers: handlingHeadersSchema,
      body: setFlagsSchema,
      problems: [413, 422],
      response: {
        description: "The numbers as they are now, or with dryRun would be.",
        schema: changedFlagsSchema,
      },
      accepted: ACCEPTED_AS_REQUEST,
      isIdempotent: true,
      change: async ({ actor, request, body }) =>
        await setFlags(actor, body, { twoPeople: prefersStrict(request) ? "refuse" : "request" }),
      toReply: ({ request, needApproval, ...answer }) =>
        request
          ? { status: 202, body: { request } }
          : { body: needApproval.length > 0 ? { ...answer, needApproval } : answer },
    }),
  },
});
