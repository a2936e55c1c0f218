import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aServer } from "../testing/a-client.ts";
import { TOKEN } from "../testing/contract-server.ts";
import { SDK_VERSION } from "./sdk-version.ts";

const run = promisify(execFile);
const SDK = path.resolve(import.meta.dirname, "..");
const MODULES = path.resolve(SDK, "../node_modules");

const SAMPLE = `import { createFlagClient, FlagClientError, type FlagsChanged } from "@bsuid/sdk";

const [url = "", token = ""] = process.argv.slice(2);
const client = createFlagClient({ url, token, instanceId: "sample" });
client.on("change", ({ changes, revision }: FlagsChanged) => console.log(changes.length, revision));
client.on("error", (error: FlagClientError) => console.error(error.code, error.message));
await client.ready({ timeoutMs: 10_000 });
const answer: boolean = client.acceptsBsuid("106540352242922");
client.count("106540352242922", "phone_less");
// @ts-expect-error: the cases are spelled with underscores
export const misspelled = () => client.count("106540352242922", "phone-less");
console.log(JSON.stringify({ answer, mode: client.status().mode }));
await client.close();
const closed = performance.now();
process.on("exit", () => console.log(performance.now() - closed));
`;

const RULES_SAMPLE = `import { decideInbound, type InboundMessage, readWebhook, toMessageWebhook } from "@bsuid/sdk/rules";

const value = {
  metadata: { phone_number_id: "300000000000001", display_phone_number: "15550100199" },
  messages: [{ from_user_id: "US.1", id: "wamid.1", timestamp: "1", type: "text", text: { body: "hi" } }],
};
const { items } = readWebhook({ entry: [{ changes: [{ field: "messages", value }] }] });
const messages = items.filter((item): item is InboundMessage => item.kind === "message");
const flag = { acceptsBsuid: true };
export const decisions = messages.map(({ customer }) => decideInbound(customer, flag).action);
export const ids = messages.map((message) => toMessageWebhook(message, flag).sender.id);
`;

const COMPILER_OPTIONS = {
  target: "ES2024",
  lib: ["ES2024"],
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  types: ["node"],
};

const folders: string[] = [];
let packed: Awaited<ReturnType<typeof pack>>;

beforeAll(async () => {
  packed = await pack();
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bsuid-sdk-package-"));
  folders.push(folder);
  return folder;
}

/** Runs npm without a network and without this repository's settings. */
async function npm(folder: string, ...args: string[]): Promise<string> {
  const settings = ["--offline", "--no-audit", "--no-fund", `--cache=${path.join(folder, ".npm")}`];
  const shell = process.platform === "win32";
  return (await run("npm", [...args, ...settings], { cwd: folder, shell })).stdout;
}

/** Packs a copy as it would be published: two test runs must not build in one folder. */
async function pack(): Promise<{ file: string; contents: string[] }> {
  const folder = await aFolder();
  const copy = path.join(folder, "sdk");
  const isSource = (file: string) =>
    !/(^|\/)(dist|node_modules)(\/|$)/.test(path.relative(SDK, file));
  await cp(SDK, copy, { recursive: true, filter: isSource });
  await cp(path.join(SDK, "../tsconfig.json"), path.join(folder, "tsconfig.json"));
  await symlink(MODULES, path.join(folder, "node_modules"));
  const output = await npm(copy, "pack", "--json", "--pack-destination", folder);
  const [made] = Object.values(
    JSON.parse(output.slice(output.search(/^[[{]/m))) as Record<
      string,
      { filename: string; files: { path: string }[] }
    >,
  );
  if (!made) throw new Error(output);
  const contents = made.files.map((file) => file.path);
  return { file: path.join(folder, made.filename), contents };
}

test("packed and installed into an empty project without a network, it type-checks and runs", async () => {
  const { file, contents } = packed;
  expect(contents).toContain("README.md");
  expect(contents).toContain("dist/flag-client.d.ts");
  expect(contents.filter((name) => /test|\.ts$/.test(name) && !name.endsWith(".d.ts"))).toEqual([]);

  const project = await aFolder();
  const write = (name: string, text: string) => writeFile(path.join(project, name), text);
  await write("package.json", '{ "name": "empty", "private": true, "type": "module" }');
  await npm(project, "install", file);
  await write("sample.ts", SAMPLE);
  // Only Node's own types, so that the package cannot depend on others.
  const typeRoots = [path.join(MODULES, "@types")];
  const compilerOptions = { ...COMPILER_OPTIONS, typeRoots, outDir: "out", rootDir: "." };
  await write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["sample.ts"] }));
  await run(process.execPath, [path.join(MODULES, "typescript/bin/tsc")], { cwd: project });

  const server = await aServer();
  server.flags.begin(["106540352242922"]);
  const { stdout, stderr } = await run(
    process.execPath,
    [path.join(project, "out/sample.js"), server.url, TOKEN],
    { timeout: 30_000 },
  );
  expect(stderr).toBe("");
  const [status = "", endedAfterMs] = stdout.split("\n");
  expect(JSON.parse(status)).toEqual({ answer: true, mode: "stream" });
  // It left nothing open that would keep the process alive.
  expect(Number(endedAfterMs)).toBeLessThan(1_000);
  expect(server.reports.flatMap(({ counts }) => counts)).toHaveLength(1);
});

test("the rules are an entry of their own, which uses nothing of Node", async () => {
  const { file, contents } = packed;
  expect(contents).toContain("dist/rules.d.ts");
  const project = await aFolder();
  const write = (name: string, text: string) => writeFile(path.join(project, name), text);
  await write("package.json", '{ "name": "empty", "private": true, "type": "module" }');
  await npm(project, "install", file);
  await write("sample.ts", RULES_SAMPLE);
  // Neither Node's types nor a browser's, so that the rules cannot depend on them.
  const compilerOptions = { ...COMPILER_OPTIONS, types: [], outDir: "out", rootDir: "." };
  await write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["sample.ts"] }));
  await run(process.execPath, [path.join(MODULES, "typescript/bin/tsc")], { cwd: project });
  const sample = JSON.stringify(path.join(project, "out/sample.js"));
  const program = `const { decisions, ids } = await import(${sample}); console.log(decisions + " " + ids);`;
  const args = ["--input-type=module", "--eval", program];
  expect((await run(process.execPath, args)).stdout).toBe("accept US.1\n");

  const dist = path.join(project, "node_modules/@bsuid/sdk/dist");
  const imported = await importsOf(path.join(dist, "rules.js"));
  expect(imported.length).toBeGreaterThan(5);
  for (const name of imported) expect(name).toMatch(/^\.\.?\//);
});

/** Everything that a module imports, directly or through others. */
async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8");
  const named = [...text.matchAll(/\bfrom "([^"]+)"|\bimport\(?\s*"([^"]+)"/g)];
  const names = named.map(([, from, bare]) => from ?? bare ?? "");
  const own = names.filter((name) => name.startsWith("."));
  const deeper = own.map((name) => importsOf(path.resolve(path.dirname(file), name)));
  return [...names, ...(await Promise.all(deeper)).flat()];
}

test("it needs no other package, and reports its own name and version", async () => {
  const text = await readFile(path.join(SDK, "package.json"), "utf8");
  const manifest = JSON.parse(text) as Record<string, unknown>;
  expect(SDK_VERSION).toBe(`${manifest.name}/${manifest.version}`);
  expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([]);
});
