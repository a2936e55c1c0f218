import { randomInt, randomUUID } from "node:crypto";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { aNumber, anEndedToken, bearer, readTestEnvironment } from "./api-access.ts";

const { tokens } = await readTestEnvironment();
const REASON = "The API's test asks for it";

type Operation = { security: unknown[] };
type Document = { paths: Record<string, Record<string, Operation>> };

/** Every operation in the server's OpenAPI document: for an existing number, and for something else that is not there. */
async function listOperations(request: APIRequestContext) {
  const document: Document = await (await request.get("/api/v1/openapi.json")).json();
  const id = await aNumber();
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { security }]) => {
      const url = path
        .replace("{phoneNumberId}", id)
        .replace("{key}", "accept-bsuid")
        .replace("{seq}", "1");
      return {
        // A stream does not end; HEAD has the same checks and headers.
        method: path.endsWith("/stream") ? "HEAD" : method.toUpperCase(),
        url: url.replace(/\{\w+\}/g, () => randomUUID()),
        isMissing: url.includes("{"),
        taken: Object.keys(item).map((each) => each.toUpperCase()),
        isOpen: security.length === 0,
      };
    }),
  );
}

function problem(status: number, code: string) {
  return { status, code, requestId: expect.any(String), detail: expect.any(String) };
}

test("every operation of the document answers an admin, and refuses a stranger", async ({
  request,
}) => {
  const operations = await listOperations(request);
  expect(operations.length).toBeGreaterThan(10);
  for (const { method, url, isOpen, isMissing } of operations) {
    const stranger = await request.fetch(url, { method });
    expect(stranger.status(), `${method} ${url}`).toBe(isOpen ? 200 : 401);
    const admin = await request.fetch(url, { method, headers: bearer(tokens.admin) });
    // A write without a body gets 400, which shows that the route exists and the admin may use it. Only
    // programs report.
    const isRead = ["GET", "HEAD"].includes(method);
    const refusal = url === "/api/v1/reports" ? 403 : 400;
    const answered = isRead ? 200 : refusal;
    // Some writes take no body: they find that there is nothing to write to.
    const expected = isMissing ? (isRead ? [404] : [400, 404]) : [answered];
    expect(expected, `${method} ${url}`).toContain(admin.status());
    for (const answer of [stranger, admin]) {
      const names = answer.headersArray().map(({ name }) => name.toLowerCase());
      expect(names.filter((name) => name === "x-request-id")).toHaveLength(1);
    }
  }
});

test("every path refuses a method it does not take with 405 and Allow", async ({ request }) => {
  for (const { url, taken } of await listOperations(request)) {
    for (const method of ["DELETE", "PATCH"].filter((each) => !taken.includes(each))) {
      const answer = await request.fetch(url, { method, headers: bearer(tokens.admin) });
      expect(answer.status(), `${method} ${url}`).toBe(405);
      expect(answer.headers().allow).toContain("OPTIONS");
      // OpenFeature's routes have their own error format; both include the request id.
      expect(await answer.json()).toMatchObject({ requestId: expect.any(String) });
    }
  }
});

test("a missing token is 401 without a cause, a wrong, expired or revoked one with it", async ({
  request,
}) => {
  const missing = await request.get("/api/v1/flags");
  expect(missing.headers()["www-authenticate"]).toBe('Bearer realm="bsuid-console"');
  expect(await missing.json()).toMatchObject(problem(401, "UNAUTHENTICATED"));
  for (const token of ["wrong", await anEndedToken("expired"), await anEndedToken("revoked")]) {
    const answer = await request.get("/api/v1/flags", { headers: bearer(token) });
    expect(answer.headers()["www-authenticate"]).toContain('error="invalid_token"');
    expect(await answer.json()).toMatchObject(problem(401, "UNAUTHENTICATED"));
  }
});

test("a caller without the permission to change a flag gets 403, and the flag stays", async ({
  request,
}) => {
  const id = await aNumber();
  for (const who of ["account_manager", "auditor", "runtime", "provisioning"] as const) {
    const answer = await request.put(`/api/v1/numbers/${id}/flag`, {
      headers: bearer(tokens[who]),
      data: { acceptsBsuid: true, reason: REASON },
    });
    expect(await answer.json()).toMatchObject(problem(403, "FORBIDDEN"));
  }
  const flag = await request.get(`/api/v1/flags/${id}`, { headers: bearer(tokens.runtime) });
  expect(await flag.json()).toMatchObject({ acceptsBsuid: false, known: true });
});

test("an unknown path is a 404 problem, whatever the method", async ({ request }) => {
  for (const url of ["/api/v1", "/api/v1/flag", "/api/v1/numbers/1/flag/2", "/api/v1/%00"]) {
    for (const method of ["GET", "POST", "DELETE"]) {
      const answer = await request.fetch(url, { method });
      expect(answer.headers()["content-type"], `${method} ${url}`).toBe("application/problem+json");
      expect(await answer.json()).toMatchObject(problem(404, "NOT_FOUND"));
    }
  }
});

test("what Next cannot route is a problem too", async ({ request }) => {
  const path = await request.get("/api/v1/numbers/%E0%A4%A", { headers: bearer(tokens.admin) });
  expect(await path.json()).toMatchObject(problem(400, "INVALID_INPUT"));
  const method = await request.fetch("/api/v1/flags", { method: "PROPFIND" });
  expect(method.headers().allow).toBe("GET, HEAD, OPTIONS");
  expect(await method.json()).toMatchObject(problem(405, "INVALID_INPUT"));
});

test("a poller gets 304 while nothing changes, and the change after a flip", async ({
  request,
}) => {
  const runtime = bearer(tokens.runtime);
  const first = await request.get("/api/v1/flags", { headers: runtime });
  const etag = first.headers().etag ?? "";
  expect(etag).toBe(`"${(await first.json()).cursor}"`);
  // A star matches any state, so that another test's change does not interfere.
  const same = await request.get("/api/v1/flags", {
    headers: { ...runtime, "if-none-match": "*" },
  });
  expect(same.status()).toBe(304);
  expect(await same.text()).toBe("");
  expect(same.headers()["cache-control"]).toBe("private, no-cache");

  const id = await aNumber();
  await request.put(`/api/v1/numbers/${id}/flag`, {
    headers: bearer(tokens.support),
    data: { acceptsBsuid: true, reason: REASON },
  });
  const changed = await request.get("/api/v1/flags", {
    headers: { ...runtime, "if-none-match": etag },
  });
  expect((await changed.json()).accepts).toContain(id);
});

test("a guarded change succeeds once, is in the trail, and is 412 the second time", async ({
  request,
}) => {
  const id = await aNumber();
  const url = `/api/v1/numbers/${id}`;
  const headers = bearer(tokens.support);
  const seen = (await request.get(url, { headers })).headers().etag ?? "";
  const change = {
    headers: { ...headers, "if-match": seen, "x-request-id": `guarded-${id}` },
    data: { acceptsBsuid: true, reason: REASON },
  };
  const done = await request.put(`${url}/flag`, change);
  expect(done.headers()["x-request-id"]).toBe(`guarded-${id}`);
  expect(await done.json()).toMatchObject({ changed: true, number: { acceptsBsuid: true } });
  const again = await request.put(`${url}/flag`, change);
  expect(await again.json()).toMatchObject(problem(412, "PRECONDITION_FAILED"));
  const history = await (await request.get(`${url}/history?limit=1`, { headers })).json();
  expect(history.items).toMatchObject([
    { requestId: `guarded-${id}`, reason: REASON, channel: "api", ip: "127.0.0.1" },
  ]);
});

test("a retired number is 409, changes that cannot be made 422, a huge body 413", async ({
  request,
}) => {
  const headers = bearer(tokens.support);
  const retired = await aNumber({ isRetired: true });
  const data = { acceptsBsuid: true, reason: REASON };
  const conflict = await request.put(`/api/v1/numbers/${retired}/flag`, { headers, data });
  expect(await conflict.json()).toMatchObject(problem(409, "CONFLICT"));

  const changes = [{ phoneNumberId: retired, acceptsBsuid: true }];
  const refused = await request.post("/api/v1/flag-changes", {
    headers,
    data: { changes, reason: REASON },
  });
  expect(await refused.json()).toMatchObject({
    ...problem(422, "INVALID_INPUT"),
    errors: [{ path: "changes[0].phoneNumberId" }],
  });

  const huge = await request.post("/api/v1/flag-changes", {
    headers,
    data: { changes: [], reason: "x".repeat(5 * 1024 * 1024) },
  });
  expect(await huge.json()).toMatchObject(problem(413, "PAYLOAD_TOO_LARGE"));
});

test("a roster of 12 MB of NDJSON arrives whole", async ({ request }) => {
  const label = "A label of the API's test, which is long so that the roster is large ".repeat(2);
  const first = randomInt(1e11);
  const entries = Array.from({ length: 36_000 }, (_, index) => ({
    phoneNumberId: `7${String(first + index).padStart(14, "0")}`,
    displayPhoneNumber: `+5511${900_000_000 + index}`,
    label,
    accountName: "Large Roster Ltd",
    accountExternalId: "large-roster",
    portfolioId: "900000000000009",
    wabaId: "200000000000009",
  }));
  // The last line is invalid, so that nothing of the rest is imported.
  const lines = `${entries.map((entry) => JSON.stringify(entry)).join("\n")}\n{}\n`;
  expect(lines.length).toBeGreaterThan(12 * 1024 * 1024);
  const answer = await request.put("/api/v1/roster", {
    headers: { ...bearer(tokens.provisioning), "content-type": "application/x-ndjson" },
    data: lines,
  });
  expect(answer.status()).toBe(400);
  expect(JSON.stringify(await answer.json())).toContain(`line ${entries.length + 1}`);
});
