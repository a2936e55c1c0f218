import path from "node:path";
import type { DemoSecrets } from "../demo/demo-secrets.ts";
import type { Story } from "./story.ts";

/** The demo's screen with everything that a newcomer needs. */
export function demoScreen(options: {
  url: string;
  dataDir: string;
  demo: DemoSecrets;
  seconds: string;
  runtime: { url: string };
  inboxUrl: string;
  story: Story;
}): string {
  const { url, dataDir, demo, seconds, runtime, inboxUrl, story } = options;
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

  See the whole story: a customer without a phone writes to ${story.label}, which is phone-only
    1. Send the message. It is dropped: the inbox, ${inboxUrl}, stays empty
       sed s/NEW/$(date +%s)/ ${story.file} | curl -H "content-type: application/json" -d @- ${runtime.url}/meta/webhook
    2. See it counted, and switch the number on: ${url}/numbers/${story.phoneNumberId}
    3. Send it again: now it is in the inbox

  All of this is in ${path.join(dataDir, "demo.json")}. Ctrl-C stops everything; the data stays.
`;
}

/** The screen for an operator with a database of their own. */
export function readyScreen(options: {
  url: string;
  publicUrl: string;
  seconds: string;
  /** What a new installation lacks. */
  missing: readonly string[];
}): string {
  const missing = options.missing.map((line) => `    ${line}\n`).join("");
  const rest =
    missing === ""
      ? ""
      : `\n  Still missing (run the commands with this console's settings; docs/operating/install.md)\n${missing}`;
  return `
  BSUID Console is ready (${options.seconds} s):  ${options.publicUrl}
  It listens on ${options.url}. Ctrl-C stops it.
${rest}`;
}

/** The screen for an operator whose own database does not answer yet. */
export function waitingScreen({ url }: { url: string }): string {
  return `
  BSUID Console waits for its database, and becomes ready by itself.
  It listens on ${url}. Ctrl-C stops it.
`;
}
