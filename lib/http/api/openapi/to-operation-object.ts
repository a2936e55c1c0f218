import { z } from "zod";
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiRequestBodyObject,
  ZodOpenApiResponseObject,
} from "zod-openapi";
import {
  type Permission,
  ROLE_PERMISSIONS,
  SCOPE_PERMISSIONS,
} from "../../../access/permissions.ts";
import type { OperationDoc } from "../operation.ts";
import { idempotencyHeadersSchema, replayedHeaderSchema } from "../schemas/header-schemas.ts";
import { requestIdHeaderSchema, toProblemResponses } from "./problem-responses.ts";

/** An operation as the document shows it. */
export function toOperationObject(doc: OperationDoc): ZodOpenApiOperationObject {
  return {
    operationId: doc.operationId,
    summary: doc.summary,
    description: [doc.description, toAccessWords(doc.access)].filter(Boolean).join("\n\n"),
    tags: [doc.tag],
    security: toSecurity(doc),
    requestParams: {
      ...(doc.params ? { path: doc.params } : {}),
      ...(doc.query ? { query: doc.query } : {}),
      ...toHeaderParams(doc),
    },
    ...(doc.requestBody ? { requestBody: toRequestBody(doc.requestBody, doc) } : {}),
    responses: {
      [doc.response.status ?? 200]: toResponse(doc),
      ...(doc.accepted ? { "202": toResponse(doc, doc.accepted) } : {}),
      ...(doc.isConditional ? { "304": toNotModified(doc) } : {}),
      ...(doc.access === null ? {} : toProblemResponses(doc)),
      ...(doc.unavailable ? { "503": toResponse({ response: doc.unavailable }) } : {}),
    },
  };
}

function toSecurity({ access, takesApiKey }: OperationDoc) {
  if (access === null) return [];
  return takesApiKey ? [{ token: [] }, { apiKey: [] }] : [{ token: [] }];
}

function toAccessWords(access: Permission | null): string {
  if (access === null) return "Open to everybody.";
  const roles = Object.entries(ROLE_PERMISSIONS)
    .filter(([, permissions]) => permissions.some((permission) => permission === access))
    .map(([role]) => role);
  const scopes = Object.entries(SCOPE_PERMISSIONS)
    .filter(([, permission]) => permission === access)
    .map(([scope]) => `\`${scope}\``);
  const people = `personal tokens of ${roles.join(", ")}`;
  const services =
    scopes.length > 0 ? `service tokens with ${scopes.join(", ")}` : "no service token";
  return `Takes \`${access}\`: ${people}; ${services}.`;
}

function toRequestBody(
  body: Readonly<Record<string, z.ZodType>>,
  { isBodyOptional = false }: OperationDoc,
): ZodOpenApiRequestBodyObject {
  const types = Object.entries(body).map(([type, schema]) => [type, { schema }]);
  return { required: !isBodyOptional, content: Object.fromEntries(types) };
}

function toHeaderParams({ headers, isIdempotent }: OperationDoc) {
  const shape = { ...headers?.shape, ...(isIdempotent ? idempotencyHeadersSchema.shape : {}) };
  return Object.keys(shape).length > 0 ? { header: z.object(shape) } : {};
}

function toResponse(
  { response, isIdempotent }: Pick<OperationDoc, "response" | "isIdempotent">,
  other: OperationDoc["accepted"] = response,
): ZodOpenApiResponseObject {
  const types = [response.contentType ?? "application/json"].flat();
  const schema = other.schema ?? response.schema;
  return {
    description: other.description,
    headers: toHeaders(response.headers, isIdempotent),
    ...(schema ? { content: Object.fromEntries(types.map((type) => [type, { schema }])) } : {}),
  };
}

function toNotModified(doc: OperationDoc): ZodOpenApiResponseObject {
  return {
    description: "Nothing changed since the version that If-None-Match names.",
    headers: toHeaders(doc.response.headers),
  };
}

function toHeaders(headers: z.ZodObject | undefined, isIdempotent = false): z.ZodObject {
  return z.object({
    "x-request-id": requestIdHeaderSchema,
    ...headers?.shape,
    ...(isIdempotent ? replayedHeaderSchema.shape : {}),
  });
}
