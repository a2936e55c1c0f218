import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { exportTrail } from "#lib/audit/export/export-trail.ts";
import { listPublicKeys } from "#lib/audit/head/list-public-keys.ts";
import { readHead } from "#lib/audit/head/read-head.ts";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { runScript } from "#testing/run-script.ts";

const database = useTestDatabase();

/** Runs the program as npm does. */
function run(...args: string[]) {
  return runWith({}, ...args);
}

function runWith(settings: Record<string, string>, ...args: string[]) {
  const all = { DATABASE_URL: database.appUrl(), ...settings };
  return runScript("audit-verify.ts", { settings: all, args });
}

test("a trail without entries is not reported as whole: nothing was checked", async () => {
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
  expect(stdout).toContain("Nothing was checked: the trail has no entries.");
  expect(stdout).not.toMatch(/whole/i);
});

test("a whole trail is reported as whole, with its head", async () => {
  await aNumber({ accepts: true });
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/whole: 1 entry, revision 1, head [0-9a-f]{64}/);
});

test("signatures are checked with the keys of the settings or the arguments, or reported as not checked", async () => {
  const { keyId } = await readHead(aSystem("audit:read"));
  expect((await run()).stdout).toContain(
    `signed head agrees with it, the last of entry 1, signed on`,
  );
  const key = generateKeyPairSync("ed25519").publicKey;
  const text = key.export({ format: "der", type: "spki" }).toString("base64");
  const { code, stderr } = await run("--public-key", text);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining(`signed by the key ${keyId}, which is not known here`),
  });
  expect(await run("--public-key", "abc")).toMatchObject({ code: 1 });
  const { stdout } = await runWith({ NEXTAUTH_SECRET: "" });
  expect(stdout).toContain("Signatures were NOT checked");
  // The command is run seven times.
}, 60_000);

test("an export is verified without a database or settings, and a bad one is refused", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "export-"));
  const file = path.join(folder, "trail");
  const { chunks } = await exportTrail(aSystem("audit:read"), {});
  let text = "";
  for await (const chunk of chunks) text += chunk;
  await writeFile(file, text);
  const offline = { DATABASE_URL: "", NEXTAUTH_SECRET: "", DATA_DIR: folder };
  const [key] = listPublicKeys(aSystem("audit:read"));
  const named = ["--export", file, "--public-key", key?.publicKey ?? ""];
  const { code, stdout } = await runWith(offline, ...named);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/export is whole: 1 entry, 1 to 1, .* Signed by key/),
  });
  expect((await runWith(offline, "--export", file)).stdout).toContain("came with the file");
  const none = await exportTrail(aSystem("audit:read"), { outcome: "denied" });
  let empty = "";
  for await (const chunk of none.chunks) empty += chunk;
  await writeFile(file, empty);
  const nothing = await runWith(offline, ...named);
  expect(nothing).toMatchObject({ code: 2, stderr: "" });
  expect(nothing.stdout).toContain(
    'Nothing was checked: the file has no entries, narrowed by {"outcome":"denied"}',
  );
  expect(nothing.stdout).not.toMatch(/whole/i);
  await writeFile(file, text.replace("A test begins", "A test began"));
  expect(await runWith(offline, ...named)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The export is NOT whole. Entry 1 was edited"),
  });
  const missing = await runWith(offline, "--export", `${file}s`);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("cannot be read") });
  await rm(folder, { recursive: true });
});

test("a trail that was edited is refused with exit code 1, and the entry is named", async () => {
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET reason = 'Somebody else asked' WHERE seq = 1`),
  );
  const { code, stderr } = await run();
  expect(code).toBe(1);
  expect(stderr).toContain("The trail is NOT whole. Entry 1 was edited");
});

test.each([
  [["--fast"], "--fast"],
  [["trail"], ""],
  [["--export"], "--export"],
])("unknown arguments are refused, not ignored: %j", async (args, named) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(named);
  expect(stderr).toContain("Use: npm run audit:verify -- ");
});
