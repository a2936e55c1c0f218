"use client";

import text from "../messages/global-error.en.json" with { type: "json" };

/**
 * Stands in when even the layout failed, so it brings its own words. By no script and no style of
 * its own, which the policy of the page might not let in: a form asks for the page again, and the browser's own
 * looks follow light and dark.
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
