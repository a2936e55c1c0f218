import { glob, readFile } from "node:fs/promises";
import type { APIRequestContext } from "@playwright/test";
import type { Role } from "#lib/db/generated/enums.ts";
import {
  ACTIONS,
  type ActionRow,
  CHOOSE_PASSWORD_ACTION,
  OWN_ACTIONS,
  SHARED_ACTION,
} from "./action-table.ts";
import { type Everybody, everybody } from "./everybody.ts";
import { expect, test } from "./fixtures.ts";

const ROOT = new URL("../", import.meta.url);

type Manifest = { node: Record<string, { exportedName: string; filename: string }> };
let all: Everybody;
let ids: ReadonlyMap<string, string>;

test.beforeAll(async ({ baseURL }) => {
  all = await everybody(baseURL ?? "");
  const file = new URL(".next/server/server-reference-manifest.json", ROOT);
  const { node } = JSON.parse(await readFile(file, "utf8")) as Manifest;
  ids = new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));
});

test.afterAll(async () => await all.dispose());

function idOf(role: Role): string {
  const jar = all.roles.get(role);
  return (jar && all.personIds.get(jar)) ?? "";
}

test("every server action is in the table", async () => {
  const exported: string[] = [];
  for await (const file of glob("{app,components,lib}/**/*.{ts,tsx}", { cwd: ROOT })) {
    const source = await readFile(new URL(file, ROOT), "utf8");
    if (!/^\s*["']use server["']/m.test(source)) continue;
    const actions = [...source.matchAll(/^export (?:async function|const) (\w+)/gm)];
    // An action inside a component has no name of its own, and this would not find it.
    expect(actions, file).not.toEqual([]);
    for (const [, name = ""] of actions) exported.push(name);
  }
  const ofTable = new Set(ACTIONS.map(({ action }) => action));
  const listed = [...ofTable, ...OWN_ACTIONS, CHOOSE_PASSWORD_ACTION, SHARED_ACTION.action].sort();
  expect(exported.sort()).toEqual(listed);
  expect([...ids.keys()].sort(), "of the build").toEqual(listed);
});

/** Sends an action as a page's script does, but without a page. */
async function send(
  jar: APIRequestContext,
  { action, page }: Pick<ActionRow, "action" | "page">,
  input: object,
  viewerId = all.personIds.get(jar) ?? "",
): Promise<string> {
  const response = await jar.post(page, {
    headers: { "next-action": ids.get(action) ?? "", "content-type": "text/plain;charset=UTF-8" },
    data: JSON.stringify([viewerId, input]),
  });
  return await response.text();
}

for (const action of OWN_ACTIONS) {
  test(`${action} does nothing for strangers`, async () => {
    for (const [name, jar] of all.strangers) {
      const answer = await send(jar, { action, page: "/account" }, {});
      expect(answer, name).toContain('"ok":false,"code":"UNAUTHENTICATED"');
    }
  });
}

test("no action works for a person other than the one the page was rendered for", async () => {
  const [someone, other] = [all.roles.get("admin"), all.roles.get("support")];
  if (!someone || !other) throw new Error("Nobody has these roles.");
  for (const row of ACTIONS.filter(({ allowed }) => allowed.includes("admin"))) {
    const { input, read } = await row.prepare(idOf("admin"));
    const before = await read();
    const answer = await send(someone, row, input, all.personIds.get(other));
    expect(answer, row.action).toContain('"ok":false,"code":"PRECONDITION_FAILED"');
    expect(answer).toContain("Someone else has signed in");
    expect(await read(), row.action).toEqual(before);
  }
  for (const action of OWN_ACTIONS) {
    const answer = await send(someone, { action, page: "/account" }, {}, all.personIds.get(other));
    expect(answer, action).toContain('"ok":false,"code":"PRECONDITION_FAILED"');
  }
});

test("only a person who must choose a password can use that action", async () => {
  const chooser = "somebody with a password that an admin made";
  const page = "/choose-password";
  for (const [name, jar] of [...all.strangers, ...all.roles]) {
    const answer = await send(
      jar,
      { action: CHOOSE_PASSWORD_ACTION, page },
      { newPassword: "short" },
    );
    // The person who must choose gets as far as the error that it is too short.
    const code = name === chooser ? "INVALID_INPUT" : "UNAUTHENTICATED";
    expect(answer, name).toContain(`"ok":false,"code":"${code}"`);
  }
});

test(`${SHARED_ACTION.action} works for ${SHARED_ACTION.allowed.join(", ")}`, async () => {
  for (const [name, jar] of all.strangers) {
    const answer = await send(jar, SHARED_ACTION, {});
    expect(answer, name).toContain('"ok":false,"code":"UNAUTHENTICATED"');
  }
  const allowed: readonly string[] = SHARED_ACTION.allowed;
  for (const [role, jar] of all.roles) {
    const answer = allowed.includes(role) ? '"ok":true' : '"ok":false,"code":"FORBIDDEN"';
    expect(await send(jar, SHARED_ACTION, {}), role).toContain(answer);
  }
});

for (const row of ACTIONS) {
  const { action, of, allowed, prepare } = row;
  const whose = of ? ` of ${of}` : "";
  const who = allowed.join(", ") || "nobody";

  test(`${action}${whose} works for ${who}, and for others changes nothing`, async () => {
    const { input, read } = await prepare(idOf(allowed[0] ?? "admin"));
    const before = await read();
    const refuse = async (jar: APIRequestContext, [name, code]: [string, string]) => {
      expect(await send(jar, row, input), name).toContain(`"ok":false,"code":"${code}"`);
      expect(await read(), name).toEqual(before);
    };
    for (const [name, jar] of all.strangers) await refuse(jar, [name, "UNAUTHENTICATED"]);
    for (const [role, jar] of all.roles) {
      if (allowed.includes(role)) continue;
      await refuse(jar, [role, "FORBIDDEN"]);
      if (!("reason" in input)) continue;
      // Input that is not valid tells nothing more to whoever may not act.
      const answer = await send(jar, row, { ...input, reason: "x" });
      const code = row.isReadFirst ? "INVALID_INPUT" : "FORBIDDEN";
      expect(answer, role).toContain(`"ok":false,"code":"${code}"`);
    }
    for (const role of allowed) {
      const attempt = await prepare(idOf(role));
      const untouched = await attempt.read();
      const jar = all.roles.get(role);
      if (!jar) throw new Error(`Nobody has the role ${role}.`);
      expect(await send(jar, row, attempt.input), role).toContain('"ok":true');
      expect(await attempt.read(), role).not.toEqual(untouched);
    }
  });
}
