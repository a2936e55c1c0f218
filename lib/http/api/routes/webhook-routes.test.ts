import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anEndpoint } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { useWebhookReceiver } from "#testing/http/webhook-receiver.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../../db/client.ts";
import {
  deliveryPageSchema,
  deliverySchema,
  endpointSchema,
  endpointWithSecretSchema,
} from "../schemas/webhook-schema.ts";

const receiver = useWebhookReceiver();
useTestDatabase();

const PATH = "/api/v1/webhook-endpoints";
let token: string;

beforeAll(async () => {
  token = await anApiToken("admin");
});

const call = (what: string, body?: unknown, headers = {}) =>
  callApi(what, { token, headers, ...(body === undefined ? {} : { body }) });

test("an endpoint is added, tried, changed, rotated and deleted", async () => {
  const settings = { url: `${receiver.url}/hook`, events: ["flag.changed", "request.opened"] };
  const added = await call(`POST ${PATH}`, settings);
  expect(added.status).toBe(201);
  const { secret, ...endpoint } = endpointWithSecretSchema.parse(added.body);
  expect(endpoint).toMatchObject({ ...settings, isOn: true });
  expect((await call(`GET ${PATH}/${endpoint.id}`)).body).toEqual(endpoint);
  expect(await call(`GET ${PATH}`)).toMatchObject({ body: { items: [endpoint] } });

  const tried = await call(`POST ${PATH}/${endpoint.id}/test`);
  expect(tried).toMatchObject({ status: 200, body: { state: "delivered" } });
  const [webhook] = receiver.received;
  const headers = webhook?.headers as Record<string, string>;
  new Webhook(secret ?? "").verify(webhook?.body ?? "", headers);

  const off = { ...settings, isOn: false };
  expect(await call(`PUT ${PATH}/${endpoint.id}`, off)).toMatchObject({
    status: 200,
    body: { changed: true, isOn: false, switchedOffWhy: "by_hand" },
  });
  const rotated = await call(`POST ${PATH}/${endpoint.id}/rotate`);
  expect(endpointWithSecretSchema.parse(rotated.body).secret).not.toBe(secret);
  expect(await call(`DELETE ${PATH}/${endpoint.id}`)).toMatchObject({ status: 204, body: null });
  expect((await call(`GET ${PATH}/${endpoint.id}`)).status).toBe(404);
  const events = await readEvents({ targetId: endpoint.id });
  expect(events.map(({ action, channel }) => `${action} ${channel}`)).toEqual([
    "webhook.created api",
    "webhook.tested api",
    "webhook.updated api",
    "webhook.rotated api",
    "webhook.deleted api",
  ]);
});

test("a retry with its key adds nothing, and does not show the secret again", async () => {
  const settings = { url: "https://hooks.example.com/", events: ["flag.batch"] };
  const headers = { "idempotency-key": randomUUID() };
  const add = async () =>
    endpointWithSecretSchema.parse((await call(`POST ${PATH}`, settings, headers)).body);
  const [first, again] = [await add(), await add()];
  expect(first.secret).toMatch(/^whsec_/);
  expect(again).toEqual({ ...first, secret: null });
  const kept = await db().$queryRaw`SELECT k::text FROM idempotency_key k`;
  expect(JSON.stringify(kept)).not.toContain(first.secret?.slice(6));
});

test("the log is read in pages, and what failed is sent again", async () => {
  const { id: endpointId } = await anEndpoint();
  const now = new Date();
  const times = { happenedAt: now, nextTryAt: now };
  const data = { endpointId, type: "flag.changed", data: { seq: 1 }, state: "failed", ...times };
  await db().webhookDelivery.createMany({ data: [data, data, data] });
  const path = `GET ${PATH}/${endpointId}/deliveries?limit=2`;
  const first = deliveryPageSchema.parse((await call(path)).body);
  const rest = deliveryPageSchema.parse((await call(`${path}&cursor=${first.nextCursor}`)).body);
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
  const replay = `POST ${PATH}/${endpointId}/deliveries/${first.items[0]?.id}/replay`;
  expect(deliverySchema.parse((await call(replay)).body)).toMatchObject({ state: "waiting" });
  expect(await call(replay)).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
});

test.each([
  ["url", { url: "https://169.254.169.254/latest", events: ["flag.changed"] }],
  ["url", { events: ["flag.changed"] }],
  ["events", { url: "https://hooks.example.com", events: [] }],
  ["", { url: "https://hooks.example.com", events: ["flag.batch"], secret: "whsec_mine" }],
])("a wrong endpoint is 400 and names the field: %s", async (path, body) => {
  const answer = await call(`POST ${PATH}`, body);
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test("unknown endpoints and deliveries are 404, malformed ids and parameters 400", async () => {
  const { id } = await anEndpoint();
  const settings = { url: "https://hooks.example.com", events: ["flag.batch"], isOn: true };
  for (const [endpointId, status] of [
    [randomUUID(), 404],
    ["acme", 400],
  ] as const) {
    const of = `${PATH}/${endpointId}`;
    expect((await call(`GET ${of}`)).status).toBe(status);
    expect((await call(`PUT ${of}`, settings)).status).toBe(status);
    expect((await call(`DELETE ${of}`)).status).toBe(status);
    expect((await call(`POST ${of}/rotate`)).status).toBe(status);
    expect((await call(`POST ${of}/test`)).status).toBe(status);
    expect((await call(`GET ${of}/deliveries`)).status).toBe(status);
    expect((await call(`POST ${PATH}/${id}/deliveries/${endpointId}/replay`)).status).toBe(status);
  }
  expect((await call(`GET ${PATH}/${id}/deliveries?state=failed`)).status).toBe(400);
  expect((await call(`GET ${PATH}/${id}/deliveries?cursor=x`)).status).toBe(400);
  expect(endpointSchema.parse((await call(`GET ${PATH}/${id}`)).body).id).toBe(id);
});
