import { startHttpsFront } from "#testing/http/https-front.ts";
import {
  aColleague,
  aNumber,
  test as base,
  expect,
  openInList,
  readEnvironment,
  readTrail,
  signOut,
} from "./fixtures.ts";
import { startOwnConsole } from "./own-console.ts";

type Front = Awaited<ReturnType<typeof startFront>>;

/** The console behind a proxy that terminates TLS, as operators run it. */
const test = base.extend<object, { front: Front }>({
  front: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from the pattern
    async ({}, use) => {
      const front = await startFront();
      await use(front);
      await front.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ front }, use) => use(front.url),
  ignoreHTTPSErrors: true,
});

test.describe.configure({ mode: "default" });

async function startFront() {
  const front = await startHttpsFront();
  const { url: NEXTAUTH_URL } = front;
  const settings = { NEXTAUTH_URL, TRUSTED_PROXY_HOPS: "1" };
  const console = await startOwnConsole(readEnvironment().databaseUrl, settings);
  await console.waitForOutput("is ready");
  front.passTo(console.url);
  const stop = async () => {
    await front.close();
    await console.stop();
  };
  return Object.assign(front, { consoleUrl: console.url, stop });
}

const COOKIES = /^__Host-next-auth\./;

test("signing in and out works behind HTTPS, with cookies that go nowhere else", async ({
  page,
  context,
}) => {
  const { email, password } = await aColleague("auditor");
  const answer = await page.goto("/numbers");
  expect(answer?.headers()["strict-transport-security"]).toBe("max-age=31536000");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/numbers");

  const cookies = await context.cookies();
  const names = cookies.map(({ name }) => name);
  expect(names).toContain("__Host-next-auth.session-token");
  for (const name of names) expect(name).toMatch(/^__Host-/);
  for (const { name, ...cookie } of cookies.filter(({ name }) => COOKIES.test(name))) {
    const kept = { secure: true, httpOnly: true, sameSite: "Lax", path: "/", domain: "127.0.0.1" };
    expect(cookie, name).toMatchObject(kept);
  }
  const setSession = cookies.filter(({ name }) => name === "__Host-next-auth.session-token");

  await page.goto("/account");
  await expect(page.getByText("With a password from 127.0.0.1")).toBeVisible();
  await signOut(page);
  await expect(page).toHaveURL("/sign-in");
  await context.addCookies(setSession);
  await page.goto("/numbers");
  await expect(page).toHaveURL(/\/sign-in/);
});

for (const keepsHost of [true, false]) {
  const front = keepsHost ? "keeps" : "replaces";

  test(`the console's own page may act and another site's may not, where the front ${front} the host`, async ({
    page,
    context,
    front: proxy,
    loginAs,
  }) => {
    proxy.keepsHost = keepsHost;
    await loginAs(await aColleague("support"));
    const number = await aNumber();
    await openInList(page, number);
    await page.getByRole("switch").click();
    await page.getByLabel("Reason").fill("Their CRM is ready for it");
    await page.getByRole("button", { name: /^Turn on/ }).click();
    await expect(page.getByText(`${number.label} is now accepting`)).toBeVisible();
    expect(await readTrail(number)).toMatchObject([{ action: "flag.enabled", ip: "127.0.0.1" }]);

    const viewer = (await context.request.get("/pulse")).headers()["x-console-person"] ?? "";
    const statuses = await Promise.all(
      [proxy.url, "https://evil.example"].map(async (origin) => {
        const asked = { headers: { origin }, form: { viewer, format: "jsonl" } };
        return (await context.request.post("/audit/export", asked)).status();
      }),
    );
    expect(statuses).toEqual([200, 403]);
  });
}
