import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { aBatch } from "#testing/batches.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anEndpoint, aPerson, aSchedule } from "#testing/factories.ts";
import { anApiToken, anEndedApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { aRequest, aRequestOf } from "#testing/requests.ts";
import { SCOPES, type Scope } from "../../access/permissions.ts";
import { ROLES } from "../../access/roles.ts";
import { db } from "../../db/client.ts";
import type { Role } from "../../db/generated/enums.ts";
import { ALL_ROUTES } from "./find-route.ts";
import * as mount from "./mount.ts";

useTestDatabase();
process.env.PASSWORD_SIGN_IN = "on";

const WHO: readonly (Role | Scope)[] = [...ROLES, ...SCOPES];
type Who = (typeof WHO)[number];

const OPEN = [...WHO, "nobody"] as const;
const ID = "{phoneNumberId}";
const ACCOUNT = "{accountId}";
const REQUEST = "{requestId}";
const BATCH = "{batchId}";
const ENDPOINT = "{endpointId}";
const DELIVERY = "{deliveryId}";
const SCHEDULE = "{scheduleId}";
const REASON = "The access table asks";
/** Refused before anything is sent. */
const WEBHOOK = { url: "https://localhost/", events: ["flag.changed"] };

/** Who may do what, according to the contract. Everybody else is refused. */
const TABLE: {
  call: string;
  body?: unknown;
  /** 200 by default. */
  status?: number;
  /** Whose request it is about: the caller's own, or somebody else's. */
  requestOf?: "caller" | "other";
  /** Whether it is about a schedule: the caller's own. */
  isOfSchedule?: boolean;
  allowed: readonly (Who | "nobody")[];
}[] = [
  { call: "GET /api/v1/flags", allowed: [...ROLES, "flags:read"] },
  // Requested with HEAD, since a stream does not end: the checks are identical.
  { call: "HEAD /api/v1/flags/stream", allowed: [...ROLES, "flags:read"] },
  { call: `GET /api/v1/flags/${ID}`, allowed: [...ROLES, "flags:read"] },
  {
    call: "POST /ofrep/v1/evaluate/flags/{key}",
    body: { context: { targetingKey: ID } },
    allowed: [...ROLES, "flags:read"],
  },
  {
    call: "POST /ofrep/v1/evaluate/flags",
    body: { context: { targetingKey: ID } },
    allowed: [...ROLES, "flags:read"],
  },
  { call: "GET /api/v1/numbers", allowed: [...ROLES, "numbers:read"] },
  { call: `GET /api/v1/numbers/${ID}`, allowed: [...ROLES, "numbers:read"] },
  { call: `GET /api/v1/numbers/${ID}/history`, allowed: [...ROLES, "numbers:read"] },
  {
    call: `PUT /api/v1/numbers/${ID}/flag`,
    body: { acceptsBsuid: false, reason: REASON },
    allowed: ["support", "admin"],
  },
  {
    call: "POST /api/v1/flag-changes",
    body: { changes: [{ phoneNumberId: ID, acceptsBsuid: false }], reason: REASON },
    allowed: ["support", "admin"],
  },
  { call: "GET /api/v1/accounts", allowed: ROLES },
  { call: `GET /api/v1/accounts/${ACCOUNT}`, allowed: ROLES },
  {
    call: `PUT /api/v1/accounts/${ACCOUNT}/manager`,
    body: { email: null, reason: REASON },
    allowed: ["admin"],
  },
  {
    call: `PUT /api/v1/accounts/${ACCOUNT}/two-people`,
    body: { needsTwoPeople: false, reason: REASON },
    allowed: ["admin"],
  },
  {
    call: `PUT /api/v1/accounts/${ACCOUNT}/zone`,
    body: { zone: "UTC", reason: REASON },
    allowed: ["admin"],
  },
  { call: "GET /api/v1/requests", allowed: ROLES },
  {
    call: "POST /api/v1/requests",
    body: { changes: [{ phoneNumberId: ID, acceptsBsuid: true }], reason: REASON },
    status: 201,
    allowed: ["support", "account_manager", "admin"],
  },
  { call: `GET /api/v1/requests/${REQUEST}`, requestOf: "other", allowed: ROLES },
  {
    call: `POST /api/v1/requests/${REQUEST}/withdraw`,
    requestOf: "caller",
    allowed: ["support", "account_manager", "admin"],
  },
  {
    call: `POST /api/v1/requests/${REQUEST}/decline`,
    body: { reason: REASON },
    requestOf: "other",
    allowed: ["support", "admin"],
  },
  { call: `GET /api/v1/batches/${BATCH}`, allowed: ROLES },
  {
    call: `POST /api/v1/batches/${BATCH}/undo`,
    body: { reason: REASON },
    allowed: ["support", "admin"],
  },
  { call: "GET /api/v1/webhook-endpoints", allowed: ["admin"] },
  {
    call: "POST /api/v1/webhook-endpoints",
    body: WEBHOOK,
    status: 201,
    allowed: ["admin"],
  },
  { call: `GET /api/v1/webhook-endpoints/${ENDPOINT}`, allowed: ["admin"] },
  {
    call: `PUT /api/v1/webhook-endpoints/${ENDPOINT}`,
    body: { ...WEBHOOK, isOn: true },
    allowed: ["admin"],
  },
  { call: `DELETE /api/v1/webhook-endpoints/${ENDPOINT}`, status: 204, allowed: ["admin"] },
  { call: `POST /api/v1/webhook-endpoints/${ENDPOINT}/rotate`, allowed: ["admin"] },
  { call: `POST /api/v1/webhook-endpoints/${ENDPOINT}/test`, allowed: ["admin"] },
  { call: `GET /api/v1/webhook-endpoints/${ENDPOINT}/deliveries`, allowed: ["admin"] },
  {
    call: `POST /api/v1/webhook-endpoints/${ENDPOINT}/deliveries/${DELIVERY}/replay`,
    allowed: ["admin"],
  },
  { call: "GET /api/v1/schedules", allowed: ROLES },
  {
    call: "POST /api/v1/schedules",
    body: {
      changes: [{ phoneNumberId: ID, acceptsBsuid: true }],
      localTime: inAnHour(),
      zone: "UTC",
      isBound: false,
      onWaiting: "replace",
      reason: REASON,
    },
    status: 201,
    allowed: ["support", "admin"],
  },
  { call: `GET /api/v1/schedules/${SCHEDULE}`, isOfSchedule: true, allowed: ROLES },
  {
    call: `POST /api/v1/schedules/${SCHEDULE}/cancel`,
    isOfSchedule: true,
    allowed: ["support", "admin"],
  },
  {
    call: `POST /api/v1/schedules/${SCHEDULE}/move`,
    body: { localTime: inAnHour() },
    isOfSchedule: true,
    allowed: ["support", "admin"],
  },
  { call: "GET /api/v1/audit", allowed: ["support", "auditor", "admin", "audit:read"] },
  { call: "GET /api/v1/audit/export", allowed: ["support", "auditor", "admin", "audit:read"] },
  { call: "GET /api/v1/audit/{seq}", allowed: ["support", "auditor", "admin", "audit:read"] },
  { call: "GET /api/v1/audit/head", allowed: ["support", "auditor", "admin", "audit:read"] },
  { call: "GET /api/v1/audit/keys", allowed: ["support", "auditor", "admin", "audit:read"] },
  { call: "PUT /api/v1/roster", body: [], allowed: ["admin", "roster:write"] },
  {
    call: "POST /api/v1/reports",
    body: {
      instanceId: "rt-1",
      sequence: 1,
      sdk: "access-table/1.0.0",
      appliedCursor: "0.00000000",
      appliedAt: "2026-01-01T00:00:00Z",
      counts: [],
    },
    status: 202,
    allowed: ["reports:write"],
  },
  // Last of those about the number: it stays retired.
  {
    call: `PUT /api/v1/numbers/${ID}/retired`,
    body: { reason: REASON },
    allowed: ["support", "admin"],
  },
  { call: "GET /api/v1/openapi.json", allowed: OPEN },
  { call: "GET /healthz", allowed: OPEN },
  { call: "GET /readyz", allowed: OPEN },
  { call: "GET /metrics", allowed: OPEN },
];

const ENDS = [
  "revoked",
  "expired",
  "of somebody disabled",
  "of somebody with an admin's password",
] as const;

const tokens = new Map<string, string>();
const ended: { who: string; secret: string }[] = [];
let phoneNumberId: string;
let accountId: string;
let batchId: string;
let callers = 0;

beforeAll(async () => {
  accountId = await anAccount();
  phoneNumberId = await aNumber({ accountId });
  // The first entry of the trail.
  await aNumber({ accepts: true });
  batchId = await aBatch([await aNumber(), await aNumber()]);
  for (const who of WHO) {
    tokens.set(who, await anApiToken(who));
    for (const how of ENDS) {
      if (how.startsWith("of somebody") && who.includes(":")) continue;
      ended.push({ who: `${who} ${how}`, secret: await anEndedApiToken(who, how) });
    }
  }
  await addStandIns(accountId);
});

/** Account managers ask for the accounts that they stand in for. */
async function addStandIns(accountId: string): Promise<void> {
  const managers = await db().person.findMany({ where: { role: "account_manager" } });
  const data = managers.map(({ id: personId }) => ({ accountId, personId }));
  await db().accountStandIn.createMany({ data, skipDuplicates: true });
}

async function statusFor(who: string, row: Asked) {
  const { call, requestOf, isOfSchedule, ...asked } = row;
  const token = tokens.get(who);
  const id = requestOf ? await requestFor(token ?? "", requestOf) : "";
  const scheduleId = isOfSchedule ? await scheduleFor(token ?? "") : "";
  const path = call.replace(REQUEST, id).replace(SCHEDULE, scheduleId);
  return await statusWith(token, { ...asked, call: path });
}

/** A new request, since each can be decided once. */
async function requestFor(token: string, whose: "caller" | "other"): Promise<string> {
  const owner = whose === "caller" ? await findOwner(token) : null;
  return owner?.personId ? await aRequestOf(owner.personId) : (await aRequest()).id;
}

/** The one endpoint, since there can be 50 only, with a webhook that can be replayed. */
async function aFailedDelivery() {
  await db().webhookEndpoint.deleteMany();
  const { id: endpointId } = await anEndpoint({ url: WEBHOOK.url });
  const now = new Date();
  const { id: deliveryId } = await db().webhookDelivery.create({
    data: {
      endpointId,
      type: "flag.changed",
      data: {},
      state: "failed",
      happenedAt: now,
      nextTryAt: now,
    },
  });
  return { endpointId, deliveryId };
}

/** A new schedule of the caller, or where they are nobody of somebody else. */
async function scheduleFor(token: string): Promise<string> {
  const owner = await findOwner(token);
  const authorId = owner?.personId ?? (await aPerson("support")).id;
  return await aSchedule({ authorId, phoneNumberId: await aNumber() });
}

async function findOwner(token: string) {
  return await db().token.findFirst({ where: { prefix: { startsWith: token.slice(0, 16) } } });
}

/** What a clock in UTC shows in an hour. */
function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString().slice(0, "2027-03-01T09:00:00".length);
}

type Asked = Pick<(typeof TABLE)[number], "call" | "body" | "requestOf" | "isOfSchedule">;

async function statusWith(token: string | undefined, { call, body }: Pick<Asked, "call" | "body">) {
  const json = JSON.stringify(body)?.replaceAll(ID, phoneNumberId);
  const webhook = call.includes(ENDPOINT) ? await aFailedDelivery() : null;
  return (
    await callApi(
      call
        .replace(ID, phoneNumberId)
        .replace(ACCOUNT, accountId)
        .replace(REQUEST, randomUUID())
        .replace(BATCH, batchId)
        .replace(ENDPOINT, webhook?.endpointId ?? "")
        .replace(DELIVERY, webhook?.deliveryId ?? "")
        .replace(SCHEDULE, randomUUID())
        .replace("{key}", "accept-bsuid")
        .replace("{seq}", "1"),
      {
        ...(token === undefined ? {} : { token }),
        ...(json === undefined ? {} : { body: json }),
        // Each from its own address: after many refusals from one address, callers must wait.
        headers: { "x-client-ip": `10.0.${callers >> 8}.${callers++ & 255}` },
      },
    )
  ).status;
}

for (const { allowed, status = 200, ...row } of TABLE) {
  test.each(WHO)(`${row.call} answers %s as the contract says`, async (who) => {
    expect(await statusFor(who, row)).toBe(allowed.includes(who) ? status : 403);
  });

  test(`${row.call} answers a stranger as the contract says`, async () => {
    expect(await statusFor("nobody", row)).toBe(allowed.includes("nobody") ? status : 401);
  });

  test(`${row.call} treats every ended token like a missing one`, async () => {
    for (const { who, secret } of ended) {
      const expected = allowed.includes("nobody") ? status : 401;
      expect(await statusWith(secret, row), who).toBe(expected);
    }
  });
}

test("a stranger learns nothing: an invalid request without a token is 401, too", async () => {
  for (const { call, allowed } of TABLE.filter(({ allowed }) => !allowed.includes("nobody"))) {
    const [method, path] = call.replace(ID, "no-such-number").split(" ");
    const body = method === "GET" || method === "HEAD" ? {} : { body: "{" };
    expect((await callApi(`${method} ${path}?nonsense=1`, body)).status).toBe(401);
    expect(allowed.length).toBeGreaterThan(0);
  }
});

test("a caller without the permission gets 403 before their input is checked", async () => {
  for (const { call, allowed } of TABLE.filter(({ allowed }) => !allowed.includes("nobody"))) {
    const token = tokens.get(WHO.find((who) => !allowed.includes(who)) ?? "") ?? "";
    const [method, path] = call.replace(ID, "no-such-number").split(" ");
    const body = method === "GET" || method === "HEAD" ? {} : { body: "{" };
    expect((await callApi(`${method} ${path}?nonsense=1`, { token, ...body })).status).toBe(403);
  }
});

test("every operation of every route is in the table", () => {
  const operations = ALL_ROUTES.flatMap(({ path, operations }) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(TABLE.map(({ call }) => call.replace("HEAD", "GET")).sort()).toEqual(operations.sort());
});

test("every route file under app/ mounts the API for paths of the table, and every path is mounted", async () => {
  const root = new URL("../../../app/", import.meta.url);
  const files = (await readdir(root, { recursive: true }))
    .filter((file) => file.endsWith("/route.ts"))
    // The console's own pages use a session instead of a token.
    .filter((file) => !file.startsWith("(") && !file.startsWith("api/auth/"));
  for (const file of files) {
    expect({ ...(await import(new URL(file, root).href)) }, file).toEqual({ ...mount });
  }
  const patterns = files.map((file) => {
    const path = `/${file.replace(/\/route\.ts$/, "")}`;
    return new RegExp(`^${path.replace("/[[...path]]", "(/.*)?")}$`);
  });
  const paths = TABLE.map(({ call }) => call.split(" ")[1] ?? "");
  const unmounted = paths.filter((path) => !patterns.some((pattern) => pattern.test(path)));
  const unlisted = patterns.filter((pattern) => !paths.some((path) => pattern.test(path)));
  expect([unmounted, unlisted]).toEqual([[], []]);
});
