import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/test-run/find-chromium.ts";

// This file is read again by every worker; what the first reading found is handed on by environment.
process.env.E2E_CHROMIUM ??= await findChromium();
process.env.E2E_ENV ??= path.join(tmpdir(), `bsuid-console-e2e-${process.pid}.json`);

// Every console that a test starts reads what another one has compiled.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, ".cache", "node-compile");

export default defineConfig({
  testDir: "e2e",
  // Run by `npm run test:sweep` alone.
  testIgnore: process.env.SWEEP_DEPLOY ? [] : ["sweeps/**"],
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  reporter: "list",
  // A test that takes longer says so, and why.
  timeout: 15_000,
  expect: { timeout: 10_000 },
  use: {
    // Set by the `wait` below, before the workers start.
    ...(process.env.E2E_BASE_URL ? { baseURL: process.env.E2E_BASE_URL } : {}),
    locale: "en-US",
    timezoneId: "Asia/Kathmandu",
    // Pictures and snapshots of every step would take half of the time; set this to look into a failure.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.E2E_CHROMIUM,
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--disable-sync",
        "--disable-gpu",
        "--disable-quic",
      ],
    },
  },
  webServer: {
    command: `exec "${process.execPath}" scripts/serve-e2e.ts`,
    wait: { stdout: /E2E server ready at (?<e2e_base_url>\S+)/ },
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    timeout: 300_000,
    stdout: "ignore",
    stderr: "pipe",
  },
});
