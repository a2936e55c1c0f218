import { glob, readFile } from "node:fs/promises";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { ROLES } from "#lib/access/roles.ts";
import { db } from "#lib/db/client.ts";
import type { Role } from "#lib/db/generated/enums.ts";
import { aBatch, aSelection } from "#testing/batches.ts";
import { anEndpoint, aSchedule } from "#testing/factories.ts";
import { aRequest } from "#testing/requests.ts";
import { type Everybody, everybody } from "./everybody.ts";
import { aColleague, aNumber, expect, readTrail, test } from "./fixtures.ts";

/** Everybody else is refused. A stranger is sent to the sign-in, and returns here afterwards. */
const PAGES: Readonly<Record<string, readonly Role[]>> = {
  "/account": ROLES,
  "/accounts": ROLES,
  "/accounts/[accountId]": ROLES,
  "/audit": ["support", "auditor", "admin"],
  "/audit/[entry]": ["support", "auditor", "admin"],
  "/batches/[batchId]": ROLES,
  "/numbers": ROLES,
  "/numbers/[phoneNumberId]": ROLES,
  "/notices": ROLES,
  "/people": ["admin"],
  "/people/[personId]": ["admin"],
  "/requests": ROLES,
  "/requests/[requestId]": ROLES,
  "/requests/forced": ROLES,
  "/requests/new": ["support", "account_manager", "admin"],
  "/people/[personId]/undo": ["admin"],
  // Made by somebody else: who approves requests may see it.
  "/review/[selectionId]": ["support", "admin"],
  "/runtimes": ROLES,
  "/schedule": ROLES,
  "/schedule/[scheduleId]": ROLES,
  "/settings": ["admin"],
  "/simulator": ROLES,
  "/tokens": ROLES,
  "/webhooks": ["admin"],
  "/webhooks/[endpointId]": ["admin"],
};

/** These pages show nothing of the console, and redirect people who are signed in. */
const SIGN_IN = "/sign-in";
const CHOOSE = "/choose-password";
const OPEN_PAGES = ["/", SIGN_IN, CHOOSE];

type RouteRow = {
  asked?: string;
  allowed: readonly Role[];
  answers: number;
  stranger: number;
  /** The status for a person without the permission; by default the stranger's. */
  refused?: number;
};
const read = { allowed: ROLES, answers: 200, stranger: 401 };

/** The routes behind the pages, which use a session. lib/http/api/access.test.ts covers the API's. */
const ROUTES: Readonly<Record<string, RouteRow>> = {
  "GET /pulse": { ...read, answers: 204 },
  "GET /jump": { ...read, asked: "?q=acme" },
  "GET /numbers/[phoneNumberId]/neighbours": read,
  "GET /numbers/[phoneNumberId]/flag": read,
  "GET /numbers/[phoneNumberId]/peek": read,
  "GET /numbers/[phoneNumberId]/week": read,
  "GET /runtimes/live": { ...read, asked: "?revision=1" },
  "GET /audit/verification": { ...read, allowed: ["support", "auditor", "admin"], refused: 403 },
  "GET /audit/verifier": { ...read, allowed: ["support", "auditor", "admin"], refused: 403 },
  "GET /simulator/numbers": { ...read, asked: "?id=[phoneNumberId]" },
  "GET /simulator/search": { ...read, asked: "?q=acme" },
  // Whatever becomes of them, they lead to a page, which says so.
  "POST /numbers/selection": { ...read, answers: 303, stranger: 303 },
  "POST /review/[selectionId]/items": { ...read, answers: 303, stranger: 303 },
  // A person without the permission is sent back to the page Audit, which says so.
  "POST /audit/export": { ...read, allowed: ["support", "auditor", "admin"], stranger: 303 },
};

/** next-auth's own routes, which are open because people sign in through them. */
const OPEN_ROUTES = ["GET /api/auth/[...nextauth]", "POST /api/auth/[...nextauth]"];
const OF_THE_API = /^\w+ \/(api\/v1|ofrep|healthz|readyz|metrics)(\/|$)/;

const APP = new URL("../app/", import.meta.url);
let all: Everybody;
let names: Readonly<Record<string, string>>;

test.beforeAll(async ({ baseURL }) => {
  all = await everybody(baseURL ?? "");
  const number = await aNumber({ accepts: true });
  const { id: personId } = await aColleague("support");
  const [event] = await readTrail(number);
  const { id: requestId } = await aRequest();
  const scheduleId = await aSchedule({ authorId: personId, phoneNumberId: number.phoneNumberId });
  const batchId = await aBatch([(await aNumber()).phoneNumberId]);
  const { id: selectionId } = await aSelection([number.phoneNumberId]);
  const { id: endpointId } = await anEndpoint();
  const ids = { personId, requestId, scheduleId, batchId, selectionId, endpointId };
  names = { ...number, ...ids, entry: String(event?.seq) };
});

test.afterAll(async () => await all.dispose());

const fill = (path: string) => path.replace(/\[(\w+)\]/g, (_, name: string) => names[name] ?? "");

/** The path at which each file of that name is served, with its text. */
async function findServed(name: string): Promise<Map<string, string>> {
  const served = new Map<string, string>();
  for await (const file of glob(`**/${name}`, { cwd: APP })) {
    const path = `/${file.replace(/\([^)]+\)\//g, "").replace(name, "")}`;
    served.set(path.replace(/(?<=.)\/$/, ""), await readFile(new URL(file, APP), "utf8"));
  }
  return served;
}

test("every page is in the table", async () => {
  const pages = [...(await findServed("page.tsx")).keys()];
  expect(pages.sort()).toEqual([...Object.keys(PAGES), ...OPEN_PAGES].sort());
});

test("every method of every route is in the table, or in that of the API", async () => {
  const exported = /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b(?= ?[(,}=:])/g;
  const routes = [...(await findServed("route.ts"))].flatMap(([path, source]) => {
    return [...new Set(source.match(exported))].map((method) => `${method} ${path}`);
  });
  const own = routes.filter((route) => !OF_THE_API.test(route));
  expect(own.sort()).toEqual([...Object.keys(ROUTES), ...OPEN_ROUTES].sort());
});

function expectSentToSignIn(response: APIResponse, path: string, who: string): void {
  expect(response.status(), who).toBe(307);
  const { pathname, searchParams } = new URL(response.headers().location ?? "", response.url());
  expect(pathname, who).toBe("/sign-in");
  expect(searchParams.get("next"), who).toBe(path);
}

for (const [page, allowed] of Object.entries(PAGES)) {
  test(`the page ${page} is shown to ${allowed.join(", ")} only`, async () => {
    const path = fill(page);
    for (const [who, jar] of all.strangers) expectSentToSignIn(await jar.get(path), path, who);
    for (const [role, jar] of all.roles) {
      expect((await jar.get(path)).status(), role).toBe(allowed.includes(role) ? 200 : 403);
    }
  });
}

test("the trail says which page a person was refused", async ({ baseURL, loginAs, context }) => {
  const colleague = await aColleague("account_manager");
  await loginAs(colleague);
  const path = `/people/${names.personId}`;
  expect((await context.request.get(`${baseURL}${path}?q=Nia`)).status()).toBe(403);
  const readDenial = async () =>
    (
      await db().auditEvent.findFirst({
        where: { actorId: colleague.id, action: "access.denied" },
      })
    )?.after;
  await expect
    .poll(readDenial)
    .toEqual({ permission: "person:manage", asked: `GET ${path}`, tried: names.personId });
});

test("the open pages redirect to the numbers, and strangers to the sign-in", async () => {
  for (const jar of [...all.roles.values(), ...all.strangers.values()]) {
    expect((await jar.get("/")).headers().location).toBe("/numbers");
  }
  for (const [who, jar] of all.strangers) {
    const [page, other] = who.includes("an admin made") ? [CHOOSE, SIGN_IN] : [SIGN_IN, CHOOSE];
    expect((await jar.get(page)).status(), who).toBe(200);
    expect((await jar.get(other)).headers().location, who).toBe(`${page}?next=%2Fnumbers`);
  }
  for (const jar of all.roles.values()) {
    expect((await jar.get(SIGN_IN)).headers().location).toBe("/numbers");
    expect((await jar.get(CHOOSE)).headers().location).toBe(`${SIGN_IN}?next=%2Fnumbers`);
  }
});

for (const [route, row] of Object.entries(ROUTES)) {
  const { asked = "", allowed, answers, stranger, refused = stranger } = row;
  test(`${route} answers ${allowed.join(", ")} only`, async () => {
    const [method = "", path = ""] = route.split(" ");
    const toAsk = (jar: APIRequestContext) => {
      const form = { viewer: all.personIds.get(jar) ?? "", format: "jsonl" };
      return { method, ...(method === "POST" ? { form } : {}) };
    };
    for (const [who, jar] of all.strangers) {
      const response = await jar.fetch(fill(path + asked), toAsk(jar));
      expect(response.status(), who).toBe(stranger);
      expect(await response.text(), who).toBe("");
    }
    for (const [role, jar] of all.roles) {
      const status = (await jar.fetch(fill(path + asked), toAsk(jar))).status();
      expect(status, role).toBe(allowed.includes(role) ? answers : refused);
    }
  });
}
