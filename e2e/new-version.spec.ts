import { deployUnderOpenPage } from "./deploy.ts";
import { test } from "./fixtures.ts";
import { makeRenamedBuild } from "./next-version.ts";

test("a page from before a deploy keeps what was typed, and saves it", async ({ browser }) => {
  // Another console is started on a copy of the build.
  test.setTimeout(120_000);
  const version = await makeRenamedBuild();
  try {
    await deployUnderOpenPage(browser, version.root);
  } finally {
    await version.remove();
  }
});
