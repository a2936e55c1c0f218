import type { IncomingMessage } from "node:http";
import texts from "../../messages/outage.en.json" with { type: "json" };
import { areTablesFree } from "../db/free-tables.ts";
import { flagFeed } from "../flags/feed.ts";
import { findRoute } from "./find-route.ts";
import { PAGE_RETRY_AFTER } from "./page-retry.ts";
import { toPlainPage, toPlainPageHeaders } from "./plain-page.ts";

/** Where a browser comes back to from the sign-in provider: with a code that can be used once, which must wait. */
const PROVIDER_ANSWERS = /^\/api\/auth\/callback\//;

/**
 * Answers a page's request while the database is out of reach, or a table is held: 503, in words. Before Next, whose
 * page waits for its query to fail, and whose error screen has no say in the status. A link that
 * is followed in an open page leads here, too: Next's router goes by the browser to what is not RSC.
 *
 * @returns null when the database is in reach, or the request is not for a page
 */
export async function answerDuringOutage(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  requestId: string,
): Promise<Response | null> {
  if (!isForPage(request)) return null;
  if ((await flagFeed().isInReach()) && (await areTablesFree())) return null;
  const body = request.method === "HEAD" ? null : toHtml(requestId);
  const headers = {
    ...toPlainPageHeaders({ requestId, script: SCRIPT }),
    "retry-after": PAGE_RETRY_AFTER,
  };
  return new Response(body, { status: 503, headers });
}

function isForPage({ method = "", url = "/", headers }: Parameters<typeof answerDuringOutage>[0]) {
  const [path = "/"] = url.split("?", 1);
  return (
    ["GET", "HEAD"].includes(method) &&
    (headers.rsc !== undefined || headers.accept?.includes("text/html") === true) &&
    !/^\/(?:_next|api)\//.test(path.replace(PROVIDER_ANSWERS, "/")) &&
    findRoute(path) === null
  );
}

/**
 * In the theme that the person chose (next-themes keeps it there). Comes back by itself: a reload
 * that nobody asked for, every few seconds, would be read out each time. It asks for the smallest of what
 * is answered as a page is.
 */
const SCRIPT = `
  setInterval(async () => {
    const asked = { headers: { accept: "text/html" } };
    const answer = await fetch("/pulse", asked).catch(() => ({ status: 503 }));
    if (answer.status !== 503) location.reload();
  }, 3000);
  const { theme } = localStorage;
  if (theme === "light" || theme === "dark") document.documentElement.style.colorScheme = theme;`;

/** The request's id is our own or was checked: letters, digits and a few signs. */
function toHtml(requestId: string): string {
  return toPlainPage({
    title: texts.title,
    paragraphs: [
      texts.what,
      texts.unsure,
      texts.next.replace("{requestId}", requestId),
      `<a href="">${texts.again}</a>`,
    ],
    script: SCRIPT,
  });
}
