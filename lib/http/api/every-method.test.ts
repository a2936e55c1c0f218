import { expect, test } from "vitest";
import { toEveryMethod } from "./every-method.ts";

const handlers = toEveryMethod(async (request, { params }) =>
  Response.json({ method: request.method, params }),
);

test("every method that Next can hand over reaches the handler, with the path's parameters", async () => {
  for (const [method, handle] of Object.entries(handlers)) {
    const request = new Request("http://console.test/", { method });
    const response = await handle(request, { params: Promise.resolve({ id: "1" }) });
    expect(await response.json()).toEqual({ method, params: { id: "1" } });
  }
});

test("a path without parameters, for which Next brings undefined, has none", async () => {
  const request = new Request("http://console.test/");
  const response = await handlers.GET(request, { params: Promise.resolve(undefined) });
  expect(await response.json()).toEqual({ method: "GET", params: {} });
});
