import { hostname } from "node:os";
import path from "node:path";
import { z } from "zod";
import { hostField, logLevelField, wholeNumberField } from "#environment/fields.ts";
import { readEnvironment, type SetValues } from "#environment/read-environment.ts";
import { KEEP_CUSTOMERS_DAYS } from "./store/forget-old.ts";

const webUrl = (example: string) =>
  z.url({
    protocol: /^https?$/,
    error: (issue) =>
      issue.input === undefined
        ? `is missing. Set it to an address such as ${example}.`
        : `is not a web address. Set it to one such as ${example}.`,
  });

const given = (what: string) =>
  z.string({ error: `is missing. Set it to ${what}.` }).regex(/^[\x21-\x7e]+$/, {
    error: "holds a character that no header can carry. Use letters, digits and signs only.",
  });

const schema = z.object({
  CONSOLE_URL: webUrl("https://console.example.com"),
  RUNTIME_TOKEN: given("a service token with the scopes flags:read and reports:write"),
  RUNTIME_HOST: hostField("is no address of this machine, such as 127.0.0.1.").default("127.0.0.1"),
  RUNTIME_PORT: wholeNumberField(
    [0, 65_535],
    "is not a port. Set it to a whole number from 1 to 65535, or to 0 for any free one.",
  ).default(3_001),
  RUNTIME_DATA_DIR: z.string().optional(),
  RUNTIME_INSTANCE_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: "has to be 1 to 64 letters, digits and ._-" })
    .optional(),
  RUNTIME_BUSINESS_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: "has to be 1 to 64 letters, digits and ._-" })
    .optional(),
  RUNTIME_API_KEY: given("a secret of 16 or more characters")
    .min(16, { error: "is too short. Use 16 or more random characters." })
    .optional(),
  ROSTER_TOKEN: given("a service token with the scope numbers:read").optional(),
  WEBHOOK_URL: webUrl("https://business.example.com/webhooks"),
  WEBHOOK_SECRET: z.string({ error: "is missing. Set it to the secret that signs webhooks." }),
  WEBHOOK_GIVE_UP_HOURS: z.coerce
    .number({ error: "is not a number of hours." })
    .positive({ error: "has to be above 0." })
    .max(168, { error: "has to be 168 (a week) or less." })
    .default(24),
  CUSTOMER_RETENTION_DAYS: z.coerce
    .number({ error: "is not a number of days." })
    .int({ error: "has to be a whole number of days." })
    .min(8, { error: "has to be 8 or more: Meta repeats a webhook for a week." })
    .max(3_650, { error: "has to be 3650 (ten years) or less." })
    .default(KEEP_CUSTOMERS_DAYS),
  META_VERIFY_TOKEN: z.string().optional(),
  META_APP_SECRET: z.string().optional(),
  BSUID_SENDING: z
    .enum(["available", "unavailable"], { error: "has to be available or unavailable." })
    .default("unavailable"),
  GRAPH_API_URL: webUrl("https://graph.facebook.com/v24.0").optional(),
  GRAPH_API_TOKEN: given("the access token that Meta gave").optional(),
  AUTHENTICATION_TEMPLATES: z.string().default(""),
  DATA_DIR: z.string().default(".data"),
  LOG_LEVEL: logLevelField,
});

/** The runtime's settings, checked. Optional ones that are not set are null. */
export type Settings = ReturnType<typeof toSettings>;

/**
 * Reads all settings from the environment; an empty one counts as not set.
 * @throws EnvironmentError naming every problem at once, and no secret
 */
export function readSettings(env: SetValues): Settings {
  return toSettings(readEnvironment(schema, env, findMissingAddress));
}

function findMissingAddress(set: SetValues): string[] {
  if (set.BSUID_SENDING !== "available" || set.GRAPH_API_URL) return [];
  return [
    "GRAPH_API_URL is missing: with BSUID_SENDING=available messages go there. Set it to Meta's API, or leave BSUID_SENDING out.",
  ];
}

function toSettings(env: z.infer<typeof schema>) {
  return {
    consoleUrl: env.CONSOLE_URL,
    runtimeToken: env.RUNTIME_TOKEN,
    rosterToken: env.ROSTER_TOKEN ?? null,
    host: env.RUNTIME_HOST,
    port: env.RUNTIME_PORT,
    dataDir: path.resolve(env.RUNTIME_DATA_DIR ?? path.join(env.DATA_DIR, "runtime")),
    instanceId: env.RUNTIME_INSTANCE_ID ?? toInstanceId(hostname()),
    /** When null, one is made and kept in `dataDir`. */
    businessId: env.RUNTIME_BUSINESS_ID ?? null,
    apiKey: env.RUNTIME_API_KEY ?? null,
    webhook: {
      url: env.WEBHOOK_URL,
      secret: env.WEBHOOK_SECRET,
      giveUpAfterMs: env.WEBHOOK_GIVE_UP_HOURS * 3_600_000,
    },
    keepCustomersDays: env.CUSTOMER_RETENTION_DAYS,
    meta: { verifyToken: env.META_VERIFY_TOKEN ?? null, appSecret: env.META_APP_SECRET ?? null },
    graph: env.GRAPH_API_URL
      ? { url: env.GRAPH_API_URL.replace(/\/+$/, ""), token: env.GRAPH_API_TOKEN ?? null }
      : null,
    /** Names of templates that carry one-time passwords. */
    authenticationTemplates: env.AUTHENTICATION_TEMPLATES.split(",").flatMap(
      (name) => name.trim() || [],
    ),
    bsuidSending: env.BSUID_SENDING === "available",
    logLevel: env.LOG_LEVEL,
  };
}

function toInstanceId(host: string): string {
  return `runtime-${host.replace(/[^A-Za-z0-9._-]/g, "-")}`.slice(0, 64);
}
