import { z } from "zod";
import { FAILURES } from "../../../webhooks/delivery/failures.ts";
import type { DeliveryRecord } from "../../../webhooks/delivery-record.ts";
import {
  type EndpointRecord,
  type EndpointWithSecret,
  SWITCHED_OFF_WHYS,
} from "../../../webhooks/endpoint-record.ts";
import { WEBHOOK_EVENTS } from "../../../webhooks/events/webhook-events.ts";
import { nextCursorSchema } from "./number-schema.ts";

/** The path parameters of everything about one endpoint. */
export const endpointPathSchema = z.object({
  endpointId: z.uuid("An endpoint's id is a UUID."),
});

/** The path parameters of one of its deliveries. */
export const deliveryPathSchema = endpointPathSchema.extend({
  deliveryId: z.uuid("A delivery's id is a UUID."),
});

const timeSchema = z.iso.datetime();

/** An endpoint, as the API returns it. */
export const endpointSchema = z
  .strictObject({
    id: z.uuid(),
    url: z.string().meta({ example: "https://hooks.example.com/bsuid" }),
    events: z.array(z.enum(WEBHOOK_EVENTS)),
    isOn: z.boolean(),
    switchedOffWhy: z.enum(SWITCHED_OFF_WHYS).nullable().meta({
      description: "`by_hand`, `gone` (it answered 410) or `failing` (for five days).",
    }),
    isSecretLost: z.boolean().meta({
      description: "The console's key was changed: nothing is sent until the secret is rotated.",
    }),
    formerSecretUntil: timeSchema.nullable().meta({
      description: "Until when the secret before a rotation signs, too.",
    }),
    failingSince: timeSchema.nullable(),
    lastFailureAt: timeSchema.nullable(),
    lastSuccessAt: timeSchema.nullable(),
    createdAt: timeSchema,
  })
  .meta({
    id: "WebhookEndpoint",
    description: "Where webhooks are sent.",
  }) satisfies z.ZodType<EndpointRecord>;

/** An endpoint with its new secret. */
export const endpointWithSecretSchema = endpointSchema
  .extend({
    secret: z.string().nullable().meta({
      description: "Shown this once, to verify webhooks with; null in the answer to a retry.",
      example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=",
    }),
  })
  .meta({ id: "WebhookEndpointWithSecret" }) satisfies z.ZodType<
  Omit<EndpointWithSecret, "secret"> & { secret: string | null }
>;

/** All endpoints. */
export const endpointListSchema = z.strictObject({
  items: z.array(endpointSchema),
  nextCursor: z.null().meta({ description: "There are at most 50, all on this page." }),
});

/** The answer to a change of an endpoint. */
export const changedEndpointSchema = endpointSchema
  .extend({ changed: z.boolean().meta({ description: "False when it already was so." }) })
  .meta({ id: "ChangedWebhookEndpoint" });

/** A delivery, as the API returns it. */
export const deliverySchema = z
  .strictObject({
    id: z.uuid().meta({ description: "The `webhook-id` that it is sent under, each time." }),
    endpointId: z.uuid(),
    type: z.string().meta({ example: "flag.changed" }),
    data: z.unknown().meta({ description: "The body's `data`." }),
    happenedAt: timeSchema.meta({ description: "The body's `timestamp`." }),
    state: z.enum(["waiting", "delivered", "failed"]),
    tries: z.int(),
    nextTryAt: timeSchema.nullable(),
    createdAt: timeSchema,
    attempts: z
      .array(
        z.strictObject({
          beganAt: timeSchema,
          tookMs: z.int(),
          status: z.int().nullable(),
          failure: z.enum(FAILURES).nullable(),
        }),
      )
      .meta({ description: "The latest 30, the latest first." }),
  })
  .meta({
    id: "WebhookDelivery",
    description: "A webhook that was sent, or is to be.",
  }) satisfies z.ZodType<DeliveryRecord>;

/** A page of deliveries. */
export const deliveryPageSchema = z.strictObject({
  items: z.array(deliverySchema),
  nextCursor: nextCursorSchema(),
});
