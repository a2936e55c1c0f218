import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startGraph } from "../testing/a-graph.ts";
import { AuthenticationTemplates } from "./authentication-templates.ts";

const REFUSED = 131_062;
const ELEVEN_MINUTES_MS = 660_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("Meta's refusal applies to one account's template, and is forgotten after a while", () => {
  const templates = new AuthenticationTemplates([]);
  const template = { name: "login", wabaId: "1" };
  expect(templates.learn(REFUSED, template)).toBe(true);
  expect(templates.has(template)).toBe(true);
  expect(templates.has({ name: "login", wabaId: "2" })).toBe(false);
  expect(templates.has({ name: "login", wabaId: null })).toBe(false);
  expect(templates.has({ name: "order", wabaId: "1" })).toBe(false);
  vi.setSystemTime(Date.now() + ELEVEN_MINUTES_MS);
  expect(templates.has(template)).toBe(false);
});

test("a refusal is not remembered when the account is unknown", () => {
  const templates = new AuthenticationTemplates([]);
  expect(templates.learn(REFUSED, { name: "login", wabaId: null })).toBe(true);
  expect(templates.has({ name: "login", wabaId: null })).toBe(false);
  expect(templates.learn(131_047, { name: "login", wabaId: "1" })).toBe(false);
  expect(templates.has({ name: "login", wabaId: "1" })).toBe(false);
});

test("a category that arrives during a refusal does not undo it", async () => {
  const graph = await startGraph();
  graph.templates.set("login", "UTILITY");
  const templates = new AuthenticationTemplates([]);
  const template = { name: "login", wabaId: "1" };
  const lookedUp = templates.lookUp(template, { url: graph.url, token: null });
  templates.learn(REFUSED, template);
  await lookedUp;
  expect(templates.has(template)).toBe(true);
});

test("a template that the setting names counts as one everywhere, permanently", () => {
  const templates = new AuthenticationTemplates(["otp"]);
  vi.setSystemTime(Date.now() + ELEVEN_MINUTES_MS);
  expect(templates.has({ name: "otp", wabaId: null })).toBe(true);
});
