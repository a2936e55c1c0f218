import { expect, test } from "vitest";
import { aSendingBusiness, campaign, PHONE, send, session } from "../testing/a-sending-business.ts";
import { isThrottling, toWaitSeconds } from "./throttling.ts";

const refusal = (code: unknown, status: number, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: { error: { message: "x", type: "OAuthException", code, error_data: { details: "slow" } } },
});

test("a limit of Meta's is answered 429 with the seconds to wait, by its code, whatever the HTTP status", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const codes = [4, 80_007, 130_429, 131_048, 131_056, 133_016, 131_064, "130429"];
  for (const code of codes) {
    for (const status of [400, 403, 429, 500, 503, 200]) {
      graph.refuse(refusal(code, status));
      const answer = await send(runtime, "messages", session({ id: PHONE }));
      expect([code, status, answer.status]).toEqual([code, status, 429]);
      expect(answer.body).toMatchObject({
        code: "ERROR_CODE_RATE_LIMITED",
        details: { metaCode: Number(code), reason: "slow" },
      });
      expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    }
  }
});

test("after a failure of Meta's own the message is unknown, whatever the HTTP status", async () => {
  const { graph, runtime } = await aSendingBusiness();
  for (const code of [1, 2, 131_000, 131_016]) {
    for (const status of [200, 400, 403, 500, 503]) {
      graph.refuse(refusal(code, status));
      const answer = await send(runtime, "messages", session({ id: PHONE }));
      const { status: answered, body, headers } = answer;
      expect([code, status, answered]).toEqual([code, status, 502]);
      expect(headers.get("retry-after")).toBe("30");
      const reason = `status ${status}, code ${code}: slow`;
      expect(body).toMatchObject({
        code: "ERROR_CODE_SEND_FAILED",
        details: { reason, metaCode: code },
      });
    }
  }
});

test("other codes stay refusals, and a missing answer stays unknown", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const ask = () => send(runtime, "messages", session({ id: PHONE }));
  graph.refuse(refusal(131_047, 400));
  expect(await ask()).toMatchObject({ status: 400, body: { code: "ERROR_CODE_REFUSED" } });
  graph.refuse(refusal(null, 400));
  expect(await ask()).toMatchObject({ status: 502, body: { code: "ERROR_CODE_SEND_FAILED" } });
  graph.refuse({ status: 503, body: {}, headers: { "retry-after": "3" } });
  expect((await ask()).headers.get("retry-after")).toBe("3");
  graph.refuse({ status: 500, body: {} });
  const unknown = await ask();
  expect([unknown.status, unknown.headers.get("retry-after")]).toEqual([502, null]);
  graph.refuse({ status: 429, body: {}, headers: { "retry-after": "17" } });
  expect((await ask()).headers.get("retry-after")).toBe("17");
});

test.each([
  [131_048, null, 600],
  [131_064, "5", 600],
  [131_048, "900", 900],
  [130_429, "90", 90],
  [130_429, "3", 3],
  [130_429, null, 10],
  [4, null, 60],
  [4, "17", 17],
  [null, null, 5],
  [null, "0", 5],
  [null, "soon", 5],
  [null, "1", 1],
  [null, "999999999", 86_400],
])("code %s and Retry-After %s: %s seconds", (metaCode, retryAfter, seconds) => {
  expect(toWaitSeconds(metaCode, retryAfter)).toBe(seconds);
});

test("a date in Retry-After counts from now", () => {
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  expect(toWaitSeconds(null, inAMinute)).toBeGreaterThan(57);
  expect(toWaitSeconds(null, inAMinute)).toBeLessThanOrEqual(60);
});

test.each([1, 2, 131_000, 131_016, 131_047, 131_049, 132_000, 100, 190])(
  "code %s asks for no wait",
  (code) => {
    expect(isThrottling(code)).toBe(false);
  },
);

test("a throttled campaign stops, and each entry's code says what happened to it", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const clients = Array.from({ length: 40 }, (_, index) => `+1555010${1000 + index}`);
  const taken = 10;
  graph.refuse(() => (graph.answered.length < taken ? null : refusal(130_429, 400)));
  const answer = await send(runtime, "campaigns", campaign(...clients));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("retry-after")).toBe("10");
  const entries = answer.body.entries as ({ id: string } | { code: string; error: string })[];
  expect(entries).toHaveLength(40);
  const sent = entries.filter((entry) => "id" in entry);
  expect(sent).toHaveLength(taken);
  const codes = entries.flatMap((entry) => ("id" in entry ? [] : entry.code));
  expect(new Set(codes)).toEqual(new Set(["ERROR_CODE_RATE_LIMITED", "ERROR_CODE_NOT_SENT"]));
  expect(entries.at(-1)).toMatchObject({
    code: "ERROR_CODE_NOT_SENT",
    error: expect.stringContaining("was not sent"),
    retryAfterSeconds: 10,
  });
  // The entries of one wave were sent together, and none after it.
  const refused = codes.filter((code) => code === "ERROR_CODE_RATE_LIMITED").length;
  expect(graph.sent).toHaveLength(taken + refused);
  expect(graph.sent.length).toBeLessThanOrEqual(16);
});

test("a limit for one customer's messages does not stop other entries", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const clients = Array.from({ length: 20 }, (_, index) => `+1555010${1000 + index}`);
  graph.refuse(({ body }) => (body.to === "15550101003" ? refusal(131_056, 400) : null));
  const { body, headers } = await send(runtime, "campaigns", campaign(...clients));
  const codes = (body.entries as { code?: string }[]).map(({ code = "sent" }) => code);
  expect(codes).toEqual(
    clients.map((_, index) => (index === 3 ? "ERROR_CODE_RATE_LIMITED" : "sent")),
  );
  expect(headers.get("retry-after")).toBe("10");
});

test("a campaign stops when every customer's messages are limited", async () => {
  const { graph, runtime } = await aSendingBusiness();
  const clients = Array.from({ length: 20 }, (_, index) => `+1555010${1000 + index}`);
  graph.refuse(refusal(131_056, 403));
  const { body } = await send(runtime, "campaigns", campaign(...clients));
  const codes = (body.entries as { code: string }[]).map(({ code }) => code);
  expect(codes.at(-1)).toBe("ERROR_CODE_NOT_SENT");
  expect(graph.sent).toHaveLength(8);
});

test("an entry that Meta refuses gets its code, and the others are sent", async () => {
  const { graph, runtime } = await aSendingBusiness();
  graph.refuse(({ body }) => (body.to === "15550101001" ? refusal(131_026, 400) : null));
  const answer = await send(runtime, "campaigns", campaign("+15550101000", "+15550101001", PHONE));
  expect(answer.body.entries).toEqual([
    { id: expect.any(String) },
    {
      code: "ERROR_CODE_REFUSED",
      error: expect.any(String),
      details: { metaCode: 131_026, reason: "slow" },
    },
    { id: expect.any(String) },
  ]);
  expect(answer.headers.get("retry-after")).toBeNull();
});

test("a campaign stops when Meta does not answer", async () => {
  const { graph, runtime } = await aSendingBusiness();
  graph.refuse({ status: 502, body: {} });
  const clients = Array.from({ length: 30 }, (_, index) => `+1555010${1000 + index}`);
  const { body } = await send(runtime, "campaigns", campaign(...clients));
  const codes = (body.entries as { code: string }[]).map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(["ERROR_CODE_SEND_FAILED", "ERROR_CODE_NOT_SENT"]));
  expect(graph.sent).toHaveLength(8);
});
