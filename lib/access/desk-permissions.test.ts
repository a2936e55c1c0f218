import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { DESK_PERMISSIONS, type Whose } from "#testing/desk-permissions.ts";
import { aPerson, aToken } from "#testing/factories.ts";
import { callApi } from "#testing/http/call-api.ts";
import { AppError } from "../errors.ts";
import { ALL_ROUTES } from "../http/api/find-route.ts";
import type { PersonActor } from "./actor.ts";
import { holds, type Permission } from "./permissions.ts";
import { ROLES } from "./roles.ts";

useTestDatabase();

const WHOSE: readonly Whose[] = ["own", "others"];

/** Whether it was refused for who asks; anything but that and success fails the test. */
async function isRefused(acting: Promise<unknown>): Promise<boolean> {
  try {
    await acting;
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === "FORBIDDEN") return true;
    throw error;
  }
}

async function withToken(actor: PersonActor): Promise<{ actor: PersonActor; secret: string }> {
  const { id: tokenId, secret } = await aToken({ personId: actor.id });
  return { actor: { ...actor, sessionId: null, tokenId }, secret };
}

describe.each(DESK_PERMISSIONS)("$permission, as $prepare.name", (row) => {
  const { permission, cells, isForBrowsers = false, prepare } = row;

  test.each(ROLES)("%s may do it where the table says so, and nowhere else", async (role) => {
    expect(holds(role, permission)).toBe(cells[role] !== "none");
    for (const whose of WHOSE) {
      const isAllowed = cells[role] === "any" || cells[role] === whose;
      const actor = await aPerson(role);
      const bySession = await prepare(actor, whose);
      expect(await isRefused(bySession.act(actor)), `${whose}, in a session`).toBe(!isAllowed);

      const { actor: tokenActor, secret } = await withToken(actor);
      const byToken = await prepare(actor, whose);
      const isAllowedByToken = isAllowed && !isForBrowsers;
      const refused = await isRefused(byToken.act(tokenActor));
      expect(refused, `${whose}, by token`).toBe(!isAllowedByToken);

      const { call, body } = await prepare(actor, whose);
      if (call === undefined) continue;
      const { status } = await callApi(call, { token: secret, ...(body ? { body } : {}) });
      const expected = isAllowed ? [200, 201] : [403];
      expect(expected, `${whose}, by API`).toContain(status);
    }
  });
});

test("approving, forcing and reviewing have no API, whoever asks", () => {
  const never: readonly (Permission | null)[] = ["flag:force", "flag:force-review", "person:undo"];
  for (const { path, operations } of ALL_ROUTES) {
    expect(path).not.toMatch(/approve|force|review/);
    for (const { doc } of Object.values(operations)) expect(never).not.toContain(doc.access);
  }
});
