import { readFileSync } from "node:fs";
import path from "node:path";

/** The page of the demo's inbox, which loads nothing from other servers. */
export const INBOX_PAGE = readFileSync(path.join(import.meta.dirname, "inbox.html"), "utf8");

export const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
