import texts from "../../../messages/outage.en.json" with { type: "json" };
import { PAGE_RETRY_AFTER } from "./page-retry.ts";
import { toPlainPage, toPlainPageHeaders } from "./plain-page.ts";

/**
 * Sets the theme that the person chose (where next-themes keeps it). Polls, and reloads once the database
 * is back: a screen reader would read out every reload. It polls the smallest resource that is answered
 * like a page.
 */
const SCRIPT = `
  setInterval(async () => {
    const asked = { headers: { accept: "text/html" } };
    const answer = await fetch("/pulse", asked).catch(() => ({ status: 503 }));
    if (answer.status !== 503) location.reload();
  }, 3000);
  const { theme } = localStorage;
  if (theme === "light" || theme === "dark") document.documentElement.style.colorScheme = theme;`;

/** The outage page. The request's id needs no escaping: it is ours or was checked. */
export function toOutageHtml(requestId: string): string {
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

/** The headers of the outage page, which has status 503. */
export function toOutageHeaders(requestId: string): Record<string, string> {
  return { ...toPlainPageHeaders({ requestId, script: SCRIPT }), "retry-after": PAGE_RETRY_AFTER };
}
