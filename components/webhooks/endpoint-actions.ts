import type { EndpointRecord } from "#lib/webhooks/endpoint-record.ts";
import type { WebhookEvent } from "#lib/webhooks/events/webhook-events.ts";
import type { Action } from "../actions/action.ts";

type EndpointFields = { url: string; events: WebhookEvent[] };
type NewSecret = { secret: string };

export type CreateEndpoint = Action<EndpointFields, NewSecret>;
export type UpdateEndpoint = Action<
  EndpointFields & { endpointId: string; isOn: boolean },
  { changed: boolean }
>;
export type RotateSecret = Action<{ endpointId: string }, NewSecret>;
export type DeleteEndpoint = Action<{ endpointId: string }, null>;
export type SendTest = Action<{ endpointId: string }, null>;
export type ReplayDelivery = Action<{ endpointId: string; deliveryId: string }, null>;

/** The endpoint that a dialog acts on. */
export type TargetEndpoint = Pick<EndpointRecord, "id" | "url" | "events" | "isOn">;
