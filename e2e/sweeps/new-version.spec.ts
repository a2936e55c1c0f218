import { deployUnderOpenPage } from "../deploy.ts";
import { test } from "../fixtures.ts";
import { makeNextVersion } from "../next-version.ts";

test("a page from before a deploy saves what was typed with a build of other sources", async ({
  browser,
}) => {
  // The test includes a build by Next.
  test.setTimeout(1_200_000);
  const version = await makeNextVersion();
  try {
    await deployUnderOpenPage(browser, version.root);
  } finally {
    await version.remove();
  }
});
