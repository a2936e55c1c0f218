import { createHash } from "node:crypto";
import { REQUEST_ID_HEADER } from "../request/request-id.ts";

/** The content of a plain page. It is all our own text, so nothing is escaped. */
export type PlainPage = {
  title: string;
  /** HTML. */
  paragraphs: readonly string[];
  /** Runs in the browser; the page works without it. */
  script?: string;
};

/** The colours of app/globals.css, which is not available here. */
const STYLE = `
  :root {
    color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
    color: light-dark(#17191d, #eceef1); background: light-dark(#ffffff, #121316)
  }
  main { max-width: 34rem; margin: 15vh auto 0; padding: 0 1rem; overflow-wrap: anywhere }
  h1 { font-size: 1.25rem }
  a { color: inherit; text-underline-offset: 3px }`;

/** A page that needs neither Next nor the database, for when one of them fails. */
export function toPlainPage({ title, paragraphs, script }: PlainPage): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
${script === undefined ? "" : `<script>${script}</script>\n`}<main>
<h1>${title}</h1>
${paragraphs.map((words) => `<p>${words}</p>`).join("\n")}
</main>
</html>
`;
}

/** The headers of a plain page: not cached, and only its own style and script may run. */
export function toPlainPageHeaders({
  requestId,
  script,
}: Pick<PlainPage, "script"> & { requestId: string }): Record<string, string> {
  const scripts =
    script === undefined ? "" : ` connect-src 'self'; script-src ${toSource(script)};`;
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": `default-src 'none';${scripts} style-src ${toSource(STYLE)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    [REQUEST_ID_HEADER]: requestId,
  };
}

const toSource = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
