"use client";

import text from "../messages/global-error.en.json" with { type: "json" };

/**
 * Shown when even the layout failed, so it has its own texts. It needs no script and no style, which the
 * page's policy might block: a form reloads the page, and the browser's default colours follow light and
 * dark.
 */
export default function GlobalError() {
  return (
    <html lang="en">
      <head>
        <title>{text.title}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </head>
      <body>
        <main role="alert">
          <h1>{text.title}</h1>
          <p>{text.hint}</p>
          <form>
            <button type="submit">{text.retry}</button>
          </form>
        </main>
      </body>
    </html>
  );
}
