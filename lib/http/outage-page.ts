import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import texts from "../../messages/outage.en.json" with { type: "json" };
import { flagFeed } from "../flags/feed.ts";
import { findRoute } from "./find-route.ts";
import { REQUEST_ID_HEADER } from "./request-id.ts";

const RETRY_SECONDS = 5;

/**
 * Answers a page's request while the database is out of reach: 503, in words. Before Next, whose
 * page waits for its query to fail, and whose error screen has no say in the status. A link that
 * is followed in an open page leads here, too: Next's router goes by the browser to what is not RSC.
 *
 * @returns null when the database is in reach, or the request is not for a page
 */
export async function answerDuringOutage(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  requestId: string,
): Promise<Response | null> {
  if (!isForPage(request) || (await flagFeed().isInReach())) return null;
  const body = request.method === "HEAD" ? null : toHtml(requestId);
  const headers = { ...HEADERS, [REQUEST_ID_HEADER]: requestId };
  return new Response(body, { status: 503, headers });
}

function isForPage({ method = "", url = "/", headers }: Parameters<typeof answerDuringOutage>[0]) {
  const [path = "/"] = url.split("?", 1);
  return (
    ["GET", "HEAD"].includes(method) &&
    (headers.rsc !== undefined || headers.accept?.includes("text/html") === true) &&
    !/^\/(?:_next|api)\//.test(path) &&
    findRoute(path) === null
  );
}

/** The colours are those of app/globals.css, which is not to be had here. */
const STYLE = `
  :root {
    color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
    color: light-dark(#14181f, #e8ebef); background: light-dark(#ffffff, #0f1216)
  }
  main { max-width: 34rem; margin: 15vh auto 0; padding: 0 1rem; overflow-wrap: anywhere }
  h1 { font-size: 1.25rem }
  a { color: light-dark(#0b6b57, #4fcfae) }`;

/**
 * In the theme that the person chose (next-themes keeps it there). Comes back by itself: a reload
 * that nobody asked for, every few seconds, would be read out each time.
 */
const SCRIPT = `
  setInterval(async () => {
    const readiness = await fetch("/readyz").then((answer) => answer.json()).catch(() => ({}));
    if (readiness.database === "up") location.reload();
  }, 3000);
  const { theme } = localStorage;
  if (theme === "light" || theme === "dark") document.documentElement.style.colorScheme = theme;`;

const toSource = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "retry-after": String(RETRY_SECONDS),
  "content-security-policy": `default-src 'none'; connect-src 'self'; style-src ${toSource(STYLE)}; script-src ${toSource(SCRIPT)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The request's id is our own or was checked: letters, digits and a few signs. */
function toHtml(requestId: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title}</title>
<style>${STYLE}</style>
<script>${SCRIPT}</script>
<main>
<h1>${texts.title}</h1>
<p>${texts.what}</p>
<p>${texts.unsure}</p>
<p>${texts.next.replace("{requestId}", requestId)}</p>
<p><a href="">${texts.again}</a></p>
</main>
</html>
`;
}
