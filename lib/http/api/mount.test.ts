import { expect, test } from "vitest";
import * as mount from "./mount.ts";

const METHODS = Object.entries(mount);
const FLAGS = "http://console.test/ofrep/v1/evaluate/flags";

test.each(METHODS)("%s reaches the route, with the path's parameters", async (method, handle) => {
  const response = await handle(new Request(`${FLAGS}/a%20b`, { method }));
  expect(response.status).toBe({ POST: 401, OPTIONS: 204 }[method] ?? 405);
  if (method === "HEAD" || method === "OPTIONS") return expect(await response.text()).toBe("");
  expect(await response.json()).toMatchObject({ key: "a b" });
});

test("every method that Next supports is exported", () => {
  const methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
  expect(METHODS.map(([method]) => method).sort()).toEqual(methods);
});

test("a path without parameters has none", async () => {
  const response = await mount.GET(new Request(FLAGS));
  expect(await response.json()).toMatchObject({ key: "accept-bsuid" });
});
