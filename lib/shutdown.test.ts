import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, expect, type TestContext, test } from "vitest";

const MODULE = path.join(import.meta.dirname, "shutdown.ts");
/** What supervisors give a program before they kill it. */
const PATIENCE_MS = 10_000;

/** Starts a program with a `shutdown` of its own; it calls `started` once it may be told to end. */
function start(program: string, { onTestFinished }: TestContext) {
  const script = `
    import { setTimeout as sleep } from "node:timers/promises";
    import { Shutdown } from ${JSON.stringify(MODULE)};
    const shutdown = new Shutdown();
    const started = () => { console.log("started"); setInterval(() => {}, 1_000); };
    ${program}`;
  const args = [
    "--input-type=module-typescript",
    "--disable-warning=ExperimentalWarning",
    "-e",
    script,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Runs a program, tells it to end once it says so, and resolves to how it ended. */
async function endOf(program: string, context: TestContext) {
  const child = start(program, context);
  await once(child.stdout, "data");
  const startedAt = performance.now();
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  return { code, milliseconds: performance.now() - startedAt };
}

// Each waits for a limit of seconds.
describe.concurrent("an end", () => {
  test("what was started is stopped, last started first, and the program ends well", async (context) => {
    const { code, milliseconds } = await endOf(
      `
    const order = [];
    shutdown.add(() => process.exit(order.join() === "second" ? 0 : 3));
    shutdown.add(() => { order.push("second"); });
    await shutdown.run(async () => { shutdown.markServing(); started(); }, console.error);`,
      context,
    );
    expect(code).toBe(0);
    expect(milliseconds).toBeLessThan(PATIENCE_MS);
  });

  test("nobody reading its output any more makes no noise, and the program ends well", async (context) => {
    const script = `
    let failures = 0;
    process.on("uncaughtException", (error) => { failures += 1; console.error(error); });
    shutdown.add(async () => { await sleep(300); process.exit(failures); });
    await shutdown.run(async () => { shutdown.markServing(); started(); }, console.error);`;
    const child = start(script, context);
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.stderr.destroy();
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).toBe(0);
  });

  test.for([
    [
      "something that never stops",
      "shutdown.add(() => new Promise(() => {}));",
      "shutdown.markServing(); started();",
    ],
    ["a start that never ends", "", "started(); await new Promise(() => {});"],
  ])(
    "%s does not hold up the end",
    // Nearly ten seconds are given to what does not stop.
    { timeout: 30_000 },
    async ([_, before, main], context) => {
      const { code, milliseconds } = await endOf(
        `${before} await shutdown.run(async () => { ${main} }, console.error);`,
        context,
      );
      expect(code).not.toBeNull();
      expect(milliseconds).toBeLessThan(PATIENCE_MS);
    },
  );
});
