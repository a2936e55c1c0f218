import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createTestDatabase } from "#testing/database/database.ts";

const MODULE = path.join(import.meta.dirname, "..", "server.ts");

test("when the port is taken, nothing of the console keeps running: the program ends by itself", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  const script = `
    import { startServer } from ${JSON.stringify(MODULE)};
    await startServer({ host: "127.0.0.1", port: ${port}, dev: false }).catch((error) => console.log(error.code));`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    cwd: path.dirname(MODULE),
    stdio: ["ignore", "pipe", "ignore"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: database.appUrl,
      NEXTAUTH_SECRET: "for-this-test-only-0123456789abcdef",
      NEXTAUTH_URL: "http://127.0.0.1:3000",
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = text(child.stdout);
  const [code] = await once(child, "exit");
  expect(await said).toContain("EADDRINUSE");
  expect(code).toBe(0);
});
