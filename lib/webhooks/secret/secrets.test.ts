import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, test, vi } from "vitest";
import { newWebhookSecret, toWebhookHeaders } from "./sign-webhook.ts";

const OWN = {
  DATABASE_URL: "postgresql://console@127.0.0.1/console",
  NEXTAUTH_SECRET: "the secret of sessions, which is long enough",
};

/** The module as it is in a console with these settings. */
async function withSettings(settings: Record<string, string>) {
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries({ ...OWN, ...settings })) vi.stubEnv(name, value);
  return await import("./encrypt-secret.ts");
}

test("a secret is read again for its endpoint alone, and only as it was stored", async () => {
  const { encryptSecret, decryptSecret } = await withSettings({});
  const [mine, other] = [randomUUID(), randomUUID()];
  const secret = newWebhookSecret();
  const stored = encryptSecret(secret, mine);
  expect(decryptSecret(stored, mine)).toBe(secret);
  expect(decryptSecret(stored, other)).toBeNull();
  expect(encryptSecret(secret, mine)).not.toBe(stored);
  for (let index = 2; index < stored.length; index += 1) {
    const letter = stored[index] === "A" ? "B" : "A";
    const edited = stored.slice(0, index) + letter + stored.slice(index + 1);
    // The last letter before the padding has bits that base64 does not use.
    const isSame = Buffer.from(edited.slice(2), "base64").equals(
      Buffer.from(stored.slice(2), "base64"),
    );
    expect(decryptSecret(edited, mine)).toBe(isSame ? secret : null);
  }
  expect(decryptSecret("", mine)).toBeNull();
});

test.each([
  ["a WEBHOOK_KEY that is set", { WEBHOOK_KEY: "one key of webhooks, which is long enough" }],
  ["another NEXTAUTH_SECRET", { NEXTAUTH_SECRET: "another secret of sessions, long enough" }],
])("with %s, a secret is lost", async (_, settings) => {
  const id = randomUUID();
  const stored = (await withSettings({})).encryptSecret("whsec_x", id);
  const { decryptSecret } = await withSettings(settings);
  expect(decryptSecret(stored, id)).toBeNull();
  expect((await withSettings({})).decryptSecret(stored, id)).toBe("whsec_x");
});

test("with a WEBHOOK_KEY, another NEXTAUTH_SECRET loses nothing", async () => {
  const id = randomUUID();
  const key = { WEBHOOK_KEY: "one key of webhooks, which is long enough" };
  const stored = (await withSettings(key)).encryptSecret("whsec_x", id);
  const NEXTAUTH_SECRET = "another secret of sessions, long enough";
  const { decryptSecret } = await withSettings({ ...key, NEXTAUTH_SECRET });
  expect(decryptSecret(stored, id)).toBe("whsec_x");
});

test("whatever is sent, receivers verify it by each of its secrets, and by no other", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 5 }), (text, count) => {
      const secrets = Array.from({ length: count }, newWebhookSecret);
      const body = JSON.stringify({ text });
      const headers = toWebhookHeaders(secrets, { id: randomUUID(), sentAt: new Date(), body });
      for (const secret of secrets) {
        expect(new Webhook(secret).verify(body, headers)).toEqual({ text });
        expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
        const other = { ...headers, "webhook-id": randomUUID() };
        expect(() => new Webhook(secret).verify(body, other)).toThrow();
      }
      const stranger = new Webhook(randomBytes(32).toString("base64"));
      expect(() => stranger.verify(body, headers)).toThrow();
    }),
    { numRuns: 50 },
  );
});

test("receivers refuse a try of ten minutes ago", () => {
  const secret = newWebhookSecret();
  const sentAt = new Date(Date.now() - 600_000);
  const headers = toWebhookHeaders([secret], { id: "1", sentAt, body: "{}" });
  expect(() => new Webhook(secret).verify("{}", headers)).toThrow("too old");
});
