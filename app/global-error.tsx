"use client";

import text from "../messages/global-error.en.json" with { type: "json" };

/** Stands in when even the layout failed, so it brings its own words and looks. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body style={{ colorScheme: "light dark", font: "1rem/1.5 system-ui", padding: "10vh 1rem" }}>
        <main role="alert" style={{ maxWidth: "28rem", margin: "auto" }}>
          <h1 style={{ fontSize: "1.125rem" }}>{text.title}</h1>
          <p>{text.hint}</p>
          <button type="button" onClick={() => location.reload()}>
            {text.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
