import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import type { OperationDoc } from "../operation.ts";
import { toOperationObject } from "./to-operation-object.ts";

/** A path with the documentation of its methods. */
export type DocumentedRoute = {
  path: string;
  operations: Readonly<Record<string, { doc: OperationDoc }>>;
};

/** The OpenAPI 3.1 document of these routes, from the schemas that validate their requests. */
export function toOpenApiDocument(routes: readonly DocumentedRoute[]) {
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "BSUID Console",
      version: "1.0.0",
      description: DESCRIPTION,
    },
    servers: [{ url: "/", description: "Where this document came from." }],
    tags: [
      { name: "Flags", description: "What a messaging runtime reads." },
      { name: "OpenFeature", description: "The flags by OFREP, for clients that speak it." },
      { name: "Numbers", description: "The roster, and the change of flags by people." },
      { name: "Accounts", description: "Customer businesses, and who looks after them." },
      { name: "Requests", description: "Changes that people ask for, and others decide." },
      { name: "Batches", description: "Changes that were made together, and their undo." },
      { name: "Webhooks", description: "What is told to other programs, and to which." },
      { name: "Schedules", description: "Changes that are carried out at a time." },
      { name: "Audit", description: "Who changed what, when and why." },
      { name: "Roster", description: "Numbers and accounts from the system of record." },
      { name: "Runtimes", description: "What messaging runtimes tell of themselves." },
      { name: "Service", description: "The console itself." },
    ],
    paths: toPaths(routes),
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "A service token with scopes, or a person's own. Shown once, when made.",
        },
        apiKey: {
          type: "apiKey",
          in: "header",
          name: "X-API-Key",
          description: "The same token, as OpenFeature's clients may send it.",
        },
      },
    },
  });
}

const DESCRIPTION = `Which WhatsApp business numbers accept business-scoped user ids, and who said so.

Errors are RFC 9457 problems, but for OFREP, which has its own; branch on \`code\`. Every answer has an \`x-request-id\`, and a change's audit event has the same. A parameter or field that is not described here is refused. HEAD is answered wherever GET is.`;

function toPaths(routes: readonly DocumentedRoute[]): ZodOpenApiPathsObject {
  return Object.fromEntries(
    routes.map(({ path, operations }) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, { doc }]) => [
          method.toLowerCase(),
          toOperationObject(doc),
        ]),
      ),
    ]),
  );
}
