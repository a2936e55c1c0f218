import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "#postgres/free-port.ts";
import { startChildProgram } from "./child-program.ts";

const SERVER = `
  import { createServer } from "node:http";
  const server = createServer((request, response) => {
    response.end(String(process.pid));
    if (request.url === "/die") process.exit(1);
  });
  server.listen(Number(process.env.PROGRAM_PORT), "127.0.0.1", () =>
    process.send({ url: "http://127.0.0.1:" + process.env.PROGRAM_PORT }));
  process.on("disconnect", () => process.exit());
`;

async function aProgram(source: string) {
  const folder = await mkdtemp(path.join(tmpdir(), "bsuid-child-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, "program.mjs");
  await writeFile(file, source);
  const env = { NODE_ENV: "test" as const, PROGRAM_PORT: String(await freePort()) };
  return { what: "The program", file, env };
}

test("a program that ends by itself is started again, and one that is stopped is not", async () => {
  const { url, stop } = await startChildProgram(await aProgram(SERVER));
  const pid = async (at = "/") => (await fetch(`${url}${at}`)).text();
  const first = await pid();
  await pid("/die").catch(() => null);
  await vi.waitUntil(async () => (await pid().catch(() => first)) !== first, 10_000);
  await stop();
  await expect(pid()).rejects.toThrow("fetch failed");
});

test("a program that cannot start is reported with its own output", async () => {
  const program = await aProgram('console.error("The port is taken."); process.exit(1);');
  await expect(startChildProgram(program)).rejects.toThrow(
    "The program did not start: The port is taken.",
  );
});
