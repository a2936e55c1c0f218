import { z } from "zod";
import { type OperationDoc, openOperation } from "../operation.ts";
import { defineRoute } from "../route.ts";
import { ROUTES } from "../routes.ts";
import { type DocumentedRoute, toOpenApiDocument } from "./document.ts";

const PATH = "/api/v1/openapi.json";

const doc: Omit<OperationDoc, "access"> = {
  operationId: "readOpenApi",
  summary: "This document",
  tag: "Service",
  response: {
    description: "OpenAPI 3.1.",
    schema: z.looseObject({ openapi: z.string() }).meta({ description: "An OpenAPI document." }),
  },
};

let memoised: ReturnType<typeof toOpenApiDocument> | undefined;

/** The OpenAPI document, generated from the schemas that validate requests. */
export function readOpenApiDocument() {
  const self: DocumentedRoute = {
    path: PATH,
    operations: { GET: { doc: { ...doc, access: null } } },
  };
  memoised ??= toOpenApiDocument([...ROUTES, self]);
  return memoised;
}

export const openApiRoute = defineRoute({
  path: PATH,
  operations: {
    GET: openOperation(doc, async () => Response.json(readOpenApiDocument())),
  },
});
