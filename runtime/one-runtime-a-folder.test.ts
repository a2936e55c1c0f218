import { hostname } from "node:os";
import { expect, test } from "vitest";
import { aBusiness } from "./testing/a-business.ts";
import { aCustomer, aMessage, aPayload } from "./testing/payloads.ts";
import { until } from "./testing/until.ts";

const NUMBER = "300000000000001";
/** Far less than a lock file would need to find out, by age or process id, that its holder is gone. */
const AT_ONCE_MS = 5_000;

test("a second runtime on a folder refuses to start and names the first, which goes on; killing that one frees the folder", async () => {
  const { receiver, runtime, restart } = await aBusiness();
  const payload = () => aPayload(aMessage({ to: NUMBER, from: aCustomer() }));
  const refusal = await restart().then(
    () => "",
    (error: Error) => error.message,
  );
  expect(refusal).toContain("is in use by another runtime");
  expect(refusal).toContain(`process ${runtime.pid} on ${hostname()}`);
  expect(refusal).toContain("set RUNTIME_DATA_DIR of this one");
  expect((await runtime.post(payload())).status).toBe(200);
  await runtime.kill();
  const startedAt = Date.now();
  const next = await restart();
  expect(Date.now() - startedAt).toBeLessThan(AT_ONCE_MS);
  expect((await next.post(payload())).status).toBe(200);
  await until(() => receiver.webhooks.length === 2);
});
