import { flagFeed } from "../../../flags/flag-feed.ts";
import type { OperationDoc } from "../operation.ts";
import { evaluationRequestSchema, ofrepFailureSchema } from "./evaluation-schema.ts";

/** What both operations of the protocol have in common. */
export const OFREP_OPERATION = {
  tag: "OpenFeature",
  access: "flag:read",
  tokens: "remembered",
  takesApiKey: true,
  // Clients send flagConfigEtag after an event, and later versions may send more.
  isUnknownQueryIgnored: true,
  requestBody: { "application/json": evaluationRequestSchema },
  failure: ofrepFailureSchema,
} as const satisfies Partial<OperationDoc> & Record<string, unknown>;

/** Adds the age of an answer while the database is away. */
export function withAge(response: Response): Response {
  const age = flagFeed().ageSeconds;
  if (age !== null) response.headers.set("age", String(age));
  return response;
}
