import ipaddr from "ipaddr.js";
import { z } from "zod";
import { hostField, logLevelField, wholeNumberField } from "#environment/fields.ts";
import { parsePublicKey, parseSigningKey } from "./ed25519.ts";

/** The database refuses to remove younger entries, too (see the migration of archives). */
const MIN_RETENTION_DAYS = 90;
const MAX_RETENTION_DAYS = 36_500;

/** A message that quotes the value; never for a secret. */
const quoted = (rest: string) => (issue: { input?: unknown }) => `is "${issue.input}", ${rest}`;

const onOff = z
  .enum(["on", "off"], {
    error: quoted("which is not on or off. Use one of these, or leave it out."),
  })
  .transform((value) => value === "on");

/** A web address without credentials in it; plain http is for this machine only. */
const webUrl = z
  .string()
  .refine(keepsSecrets, {
    error: quoted(
      "which is not a web address that keeps secrets. Set it to one that starts with https:// (http:// is for this machine only).",
    ),
  })
  .transform((text) => text.replace(/\/$/, ""));

/** No message quotes the value: it has a password. */
export const postgresUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ""), {
    error:
      "is not the address of a PostgreSQL database. It has the form postgresql://USER:PASSWORD@HOST:5432/DATABASE, where special characters in the password are percent-encoded.",
  });

/** No message quotes the value: it is a secret. */
const signingKey = z.string().refine((text) => parseSigningKey(text) !== null, {
  error:
    "is not an Ed25519 private key. Make one with openssl genpkey -algorithm ed25519, and set it to the file's text.",
});

const publicKeys = z
  .string()
  .transform((text) => text.split(",").flatMap((key) => key.trim() || []))
  .superRefine((keys, context) => {
    const wrong = keys.findIndex((key) => !parsePublicKey(key));
    if (wrong < 0) return;
    context.addIssue(
      `has ${keys.length} keys, and number ${wrong + 1} is not an Ed25519 public key. Set it to the publicKey texts of GET /api/v1/audit/keys, with commas between.`,
    );
  });

/** Items with commas between, each checked and converted. */
function list<Item>(read: (text: string) => Item | null, wrong: string) {
  return z.string().transform((text, context) => {
    const items: Item[] = [];
    for (const part of text.split(",").flatMap((one) => one.trim() || [])) {
      const item = read(part);
      if (item === null) context.addIssue(`has "${part}", ${wrong}`);
      else items.push(item);
    }
    return items;
  });
}

const ports = list(
  (text) => (/^\d{1,5}$/.test(text) && +text >= 1 && +text <= 65_535 ? Number(text) : null),
  "which is not a port. Set it to whole numbers from 1 to 65535 with commas between, or leave it out for 443.",
);

const hosts = list(
  (text) => (/^\.?[a-z\d-]+(\.[a-z\d-]+)*$/i.test(text) ? text.toLowerCase() : null),
  "which is not a host name. Use names such as hooks.example.com, or .example.com for all below it, with commas between.",
);

const networks = list(
  (text) => (ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : null),
  "which is not a network. Use the form 10.20.0.0/16 or fd00::/8, with commas between.",
);

/** A proxy may be asked in plain http: what goes through it is encrypted for the receiver. */
const proxyUrl = z.string().refine(
  (text) => {
    const url = URL.parse(text);
    return /^https?:$/.test(url?.protocol ?? "") && url?.username === "" && url.password === "";
  },
  {
    error:
      "is not the address of a proxy. It has the form http://HOST:PORT, without user name and password.",
  },
);

/** The settings of the console, one by one. */
export const configSchema = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DIRECT_DATABASE_URL: postgresUrl.optional(),
  HOST: hostField(
    quoted(
      "which is no address of this machine. Set it to an IP address or a host name, or leave it out for 127.0.0.1.",
    ),
  ).default("127.0.0.1"),
  PORT: wholeNumberField(
    [1, 65_535],
    quoted(
      "which is not a port. Set it to a whole number from 1 to 65535, or leave it out for 3000.",
    ),
  ).default(3_000),
  DATA_DIR: z.string().default(".data"),
  NEXTAUTH_URL: webUrl.optional(),
  NEXTAUTH_SECRET: z
    .string()
    .min(32, {
      error: ({ input }) =>
        `has ${String(input).length} characters, and whoever guesses it can sign in as anyone. Use 32 or more random ones: openssl rand -base64 32.`,
    })
    .optional(),
  TRUSTED_PROXY_HOPS: wholeNumberField(
    [0, 10],
    quoted("which is not a count. Set it to a whole number from 0 to 10, or leave it out for 0."),
  ).default(0),
  OIDC_ISSUER: webUrl.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ROLE_CLAIM: z.string().optional(),
  OIDC_TRUST_EMAIL: onOff.default(false),
  PASSWORD_SIGN_IN: onOff.optional(),
  BOOTSTRAP_ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, {
      error: quoted("which is not an email address. Correct it, or leave it out."),
    })
    .toLowerCase()
    .optional(),
  AUDIT_SIGNING_KEY: signingKey.optional(),
  AUDIT_FORMER_PUBLIC_KEYS: publicKeys.default([]),
  AUDIT_HEAD_URL: webUrl.optional(),
  AUDIT_RETENTION_DAYS: wholeNumberField(
    [MIN_RETENTION_DAYS, MAX_RETENTION_DAYS],
    quoted(
      `which is not ${MIN_RETENTION_DAYS} to ${MAX_RETENTION_DAYS} days. Set it to a whole number, or leave it out to keep all entries.`,
    ),
  ).optional(),
  AUDIT_ARCHIVE_DIR: z.string().optional(),
  AUDIT_HEAD_JOURNAL: z.string().optional(),
  WEBHOOK_KEY: z
    .string()
    .min(32, {
      error: ({ input }) =>
        `has ${String(input).length} characters, and whoever guesses it can read the secrets of webhooks in the database. Use 32 or more random ones: openssl rand -base64 32.`,
    })
    .optional(),
  WEBHOOK_PORTS: ports.default([443]),
  WEBHOOK_HOSTS: hosts.optional(),
  WEBHOOK_PRIVATE_NETWORKS: networks.default([]),
  WEBHOOK_PROXY: proxyUrl.optional(),
  LOG_LEVEL: logLevelField,
});

function keepsSecrets(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
}

/** Whether only programs on this machine can reach `host`. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || /^127(\.\d+){3}$/.test(host) || /^\[?::1\]?$/.test(host);
}
