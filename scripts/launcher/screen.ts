import path from "node:path";
import type { DemoSecrets } from "#lib/demo/secrets.ts";

/** The one screen that tells a newcomer all they need. */
export function demoScreen(options: {
  url: string;
  dataDir: string;
  demo: DemoSecrets;
  seconds: string;
}): string {
  const { url, dataDir, demo, seconds } = options;
  const width = Math.max(...demo.people.map(({ email }) => email.length));
  const people = demo.people.map(
    ({ email, password, role }) =>
      `    ${email.padEnd(width)}  ${password}  ${role.replace("_", " ")}`,
  );
  return `
  BSUID Console is ready (${seconds} s):  ${url}

  Sign in as (email, password, role)
${people.join("\n")}

  Runtime token
    ${demo.tokens.runtime}

  Try: which numbers accept BSUIDs, as the messaging runtime asks
    curl -H "Authorization: Bearer ${demo.tokens.runtime}" ${url}/api/v1/flags

  All of this is in ${path.join(dataDir, "demo.json")}. Ctrl-C stops everything; the data stays.
`;
}

/** What an operator with a database of their own sees. */
export function readyScreen(options: { url: string; publicUrl: string; seconds: string }): string {
  return `
  BSUID Console is ready (${options.seconds} s):  ${options.publicUrl}
  It listens on ${options.url}. Ctrl-C stops it.
`;
}
