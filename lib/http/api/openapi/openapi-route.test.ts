import { expect, test } from "vitest";
import { callApi } from "#testing/http/call-api.ts";
import { ALL_ROUTES } from "../find-route.ts";
import { readOpenApiDocument } from "./openapi-route.ts";

const document = readOpenApiDocument();
const OPERATIONS = ALL_ROUTES.flatMap(({ path, operations }) =>
  Object.entries(operations).map(([method, { doc }]) => ({ path, method, doc })),
);

test("the document is served to everybody", async () => {
  const answer = await callApi("GET /api/v1/openapi.json");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.body).toEqual(JSON.parse(JSON.stringify(document)));
});

test.each(OPERATIONS)("$method $path is fully described", ({ path, method, doc }) => {
  const operation = Object(document.paths?.[path])[method.toLowerCase()];
  const parameters: string[] =
    operation.parameters?.map(({ name }: { name: string }) => name) ?? [];
  for (const source of [doc.params, doc.query, doc.headers]) {
    expect(parameters).toEqual(expect.arrayContaining(Object.keys(source?.shape ?? {})));
  }
  const done = String(doc.response.status ?? 200);
  const wanted = doc.access === null ? [done] : [done, "400", "401", "403", "500", "503"];
  const more = [...(doc.problems ?? []), ...(doc.isConditional ? [304] : [])].map(String);
  expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining([...wanted, ...more]));
  const security = [{ token: [] }, ...(doc.takesApiKey ? [{ apiKey: [] }] : [])];
  expect(operation.security).toEqual(doc.access === null ? [] : security);
});

test("the document says what the schemas check", () => {
  const schemas = document.components?.schemas ?? {};
  expect(schemas.PhoneNumberId).toMatchObject({ type: "string", pattern: "^[0-9]{1,32}$" });
  expect(schemas.SetFlag).toMatchObject({
    required: ["acceptsBsuid", "reason"],
    additionalProperties: false,
  });
});
