import { z } from "zod";
import type { AuditFields, AuditTarget } from "../audit/event.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Prisma, WebhookEndpoint } from "../db/generated/client.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { WEBHOOK_EVENTS, type WebhookEvent } from "./events/webhook-events.ts";
import { toShownUrl, webhookUrlSchema } from "./guard/webhook-url.ts";
import { decryptSecret } from "./secret/encrypt-secret.ts";

/** Why an endpoint is off: a person switched it off, it answered 410, or it failed for five days. */
export const SWITCHED_OFF_WHYS = ["by_hand", "gone", "failing"] as const;

export type SwitchedOffWhy = (typeof SWITCHED_OFF_WHYS)[number];

/** An endpoint as the page and the API show it; times are ISO 8601. */
export type EndpointRecord = {
  id: string;
  url: string;
  events: WebhookEvent[];
  isOn: boolean;
  switchedOffWhy: SwitchedOffWhy | null;
  /** The key of its secret was changed: nothing can be signed until it is rotated. */
  isSecretLost: boolean;
  /** Until when a former secret signs, too. */
  formerSecretUntil: string | null;
  /** Since when every attempt has failed. */
  failingSince: string | null;
  lastFailureAt: string | null;
  lastSuccessAt: string | null;
  createdAt: string;
};

/** An endpoint with its new secret, which is shown this once. */
export type EndpointWithSecret = EndpointRecord & { secret: string };

/** What an admin says of an endpoint. */
export const endpointFields = {
  url: webhookUrlSchema,
  events: z
    .array(z.enum(WEBHOOK_EVENTS))
    .min(1, "Choose at least one event.")
    .transform((events) => WEBHOOK_EVENTS.filter((event) => events.includes(event)))
    .meta({ description: "What it is told of." }),
};

export const ENDPOINT_INCLUDE = { secrets: true } as const satisfies Prisma.WebhookEndpointInclude;

type Row = Prisma.WebhookEndpointGetPayload<{ include: typeof ENDPOINT_INCLUDE }>;

export function toEndpointRecord(row: Row): EndpointRecord {
  const now = databaseNow();
  const present = row.secrets.find(({ endsAt }) => endsAt === null);
  const former = row.secrets.flatMap(({ endsAt }) => (endsAt && endsAt > now ? [endsAt] : []));
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    url: row.url,
    events: WEBHOOK_EVENTS.filter((event) => row.events.includes(event)),
    isOn: row.isOn,
    switchedOffWhy: SWITCHED_OFF_WHYS.find((why) => why === row.switchedOffWhy) ?? null,
    isSecretLost: !present || decryptSecret(present.encrypted, row.id) === null,
    formerSecretUntil: iso(former.sort((a, b) => b.getTime() - a.getTime())[0] ?? null),
    failingSince: iso(row.failingSince),
    lastFailureAt: iso(row.lastFailureAt),
    lastSuccessAt: iso(row.lastSuccessAt),
    createdAt: row.createdAt.toISOString(),
  };
}

/** The endpoint, locked against a change until the transaction ends. @throws AppError NOT_FOUND */
export async function lockEndpoint(tx: AuditedTransaction, id: string): Promise<Row> {
  await tx.db.$queryRaw`SELECT FROM webhook_endpoint WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = await tx.db.webhookEndpoint.findUnique({ where: { id }, include: ENDPOINT_INCLUDE });
  if (!row) throw newEndpointNotFound();
  return row;
}

export function newEndpointNotFound(): AppError {
  return new AppError("NOT_FOUND", "There is no such webhook endpoint.");
}

/** How the trail names an endpoint. */
export function toEndpointTarget({ id, url }: Pick<WebhookEndpoint, "id" | "url">): AuditTarget {
  return { type: "webhook", id, display: toShownUrl(url) };
}

/** An endpoint's settings as fields of an entry. */
export function toEndpointFields({
  url,
  events,
  isOn,
}: Pick<WebhookEndpoint, "url" | "events" | "isOn">): AuditFields {
  return { url: toShownUrl(url), events: events.join(", "), isOn };
}
