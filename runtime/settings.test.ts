import { expect, test } from "vitest";
import { EnvironmentError } from "#environment/read-environment.ts";
import { readSettings } from "./settings.ts";

const LEAST = {
  CONSOLE_URL: "http://127.0.0.1:3000",
  RUNTIME_TOKEN: "bsuid_svc_token",
  WEBHOOK_URL: "https://business.example.com/hooks",
  WEBHOOK_SECRET: "a secret",
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

test("a few settings are enough: sending to BSUIDs is unavailable, nothing is verified, port 3001", () => {
  expect(readSettings(LEAST)).toMatchObject({
    port: 3001,
    host: "127.0.0.1",
    bsuidSending: false,
    graph: null,
    meta: { verifyToken: null, appSecret: null },
  });
});

test("an empty setting is not set", () => {
  expect(readSettings({ ...LEAST, META_APP_SECRET: "  ", RUNTIME_PORT: "" })).toMatchObject({
    meta: { appSecret: null },
    port: 3001,
  });
});

test("all missing settings are named at once", () => {
  const problems = problemsOf({});
  for (const name of Object.keys(LEAST))
    expect(problems).toContainEqual(expect.stringMatching(`^${name} is missing`));
});

test("a port may be any free one, and the refusal of others says so", () => {
  expect(readSettings({ ...LEAST, RUNTIME_PORT: "0" }).port).toBe(0);
  for (const RUNTIME_PORT of ["-1", "65536", "1.5", "x"])
    expect(problemsOf({ ...LEAST, RUNTIME_PORT })).toEqual([
      expect.stringContaining("from 1 to 65535, or to 0 for any free one."),
    ]);
});

test.each([
  ["RUNTIME_PORT", "70000"],
  ["RUNTIME_PORT", "x"],
  ["CONSOLE_URL", "console.example.com"],
  ["WEBHOOK_URL", "ftp://example.com"],
  ["BSUID_SENDING", "on"],
  ["LOG_LEVEL", "loud"],
  ["RUNTIME_API_KEY", "short"],
  ["WEBHOOK_GIVE_UP_HOURS", "-1"],
  ["GRAPH_API_TOKEN", "with\nnewline"],
])("%s = %s is refused, and its value is not shown", (name, value) => {
  const problems = problemsOf({ ...LEAST, [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(new RegExp(`^${name} `));
  expect(problems[0]).not.toContain(`"${value}"`);
});

test("sending to BSUIDs without an address to send to is refused", () => {
  const sending = [{}, { GRAPH_API_URL: " " }].flatMap((graph) =>
    ["available", " available\n"].map((BSUID_SENDING) => ({ ...graph, BSUID_SENDING })),
  );
  for (const settings of sending)
    expect(problemsOf({ ...LEAST, ...settings })).toEqual([
      expect.stringMatching("^GRAPH_API_URL is missing"),
    ]);
});
