import { readFile } from "node:fs/promises";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { readOpenApiDocument } from "#lib/http/api/openapi/openapi-route.ts";

/**
 * Lints the OpenAPI document as it is served, or the JSON file given as argument. Prints each
 * problem; the exit code is 1 if there is any.
 */
const [file] = process.argv.slice(2);
const source = file ? await readFile(file, "utf8") : JSON.stringify(readOpenApiDocument());
const config = await createConfig({
  extends: ["recommended-strict"],
  rules: {
    // The console is not distributed under a licence.
    "info-license": "off",
    // Health and this document take no input that could be wrong.
    "operation-4xx-response": "off",
  },
});
const problems = await lintFromString({ source, absoluteRef: file ?? "openapi.json", config });
for (const { ruleId, message, location } of problems) {
  const where = location.map(({ pointer }) => pointer).join(" ");
  console.error(`${ruleId}: ${message} (${where})`);
}
if (problems.length > 0) process.exitCode = 1;
else console.log("The OpenAPI document has no problems.");
