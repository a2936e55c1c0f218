import texts from "../../../messages/outage.en.json" with { type: "json" };
import { PAGE_RETRY_AFTER } from "./page-retry.ts";
import { toPlainPage, toPlainPageHeaders } from "./plain-page.ts";

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

/** Of a page that says that the database does not answer, with status 503. */
export function toOutageHeaders(requestId: string): Record<string, string> {
  return { ...toPlainPageHeaders({ requestId, script: SCRIPT }), "retry-after": PAGE_RETRY_AFTER };
}
