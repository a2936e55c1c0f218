import { gzipSync } from "node:zlib";
import { aNumber, expect, test, untilLoaded } from "./fixtures.ts";

const MAX_BYTES = 150_400;

test("the numbers page ships at most 150.4 kB of gzipped script, and nothing on it moves", async ({
  page,
  loginAs,
}) => {
  await loginAs("support");
  const scripts: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.body());
  });
  // Other specs add numbers meanwhile; rows that move for those are not a fault.
  const { label } = await aNumber();
  await page.goto(`/numbers?${new URLSearchParams({ q: label })}`);
  await expect(page.getByRole("row", { name: label })).toBeVisible();
  await untilLoaded(page);
  const bytes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
  expect(bytes.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MAX_BYTES);

  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & { value: number })[];
          resolve(shifts.reduce((sum, { value }) => sum + value, 0));
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(0), 500);
      }),
  );
  expect(shift).toBe(0);
});
