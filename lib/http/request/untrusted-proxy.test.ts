import { expect, onTestFinished, test, vi } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { logger } from "../../logger.ts";
import { readSettings } from "../../settings/read-settings.ts";

useTestDatabase();

const seen = async () => (await readSettings(aSystem("settings:read"))).untrustedProxy;

test("the first X-Forwarded-For while no proxy is trusted is logged once, and is on Settings", async () => {
  const warn = vi.spyOn(logger(), "warn").mockImplementation(() => undefined);
  onTestFinished(() => warn.mockRestore());
  const { url, close } = await serveApiWithFastLane();
  onTestFinished(close);
  await fetch(`${url}/healthz`);
  expect(await seen()).toBeNull();
  for (const client of ["192.0.2.1", "192.0.2.2, 192.0.2.3"]) {
    await fetch(`${url}/healthz`, { headers: { "x-forwarded-for": client } });
  }
  expect(await seen()).toMatchObject({ address: "127.0.0.1" });
  const warnings = warn.mock.calls.filter(([, text]) => text?.includes("TRUSTED_PROXY_HOPS"));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.[0]).toEqual({ address: "127.0.0.1" });
});
