import { isConnectionLost } from "#lib/db/apply-migrations.ts";
import { LaunchError } from "./launch-error.ts";

/** The database may still become available: the console waits for it, and serves as soon as it is there. */
export class AwayError extends LaunchError {}

/** Explains in a sentence or two, without the password, what is wrong with the database in this setting. */
export function toLaunchError(setting: string, url: URL, error: unknown): LaunchError {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  const server = `${url.hostname || "localhost"}:${url.port || "5432"}`;
  const away: Record<string, string> = {
    ECONNREFUSED: `Nothing answers at ${server}, where ${setting} points. Start the database there, or correct host and port.`,
    EHOSTUNREACH: `${server}, where ${setting} points, cannot be reached from here. Check the network, or correct host and port.`,
    // DNS does not answer, so the name may be right.
    EAI_AGAIN: `The host ${url.hostname} in ${setting} cannot be looked up at the moment. Check this machine's DNS.`,
    "57P03": `The database at ${server} is not ready yet: ${message}.`,
  };
  const because = away[code];
  if (because) return new AwayError(because);
  if (isConnectionLost(error) || /timeout|ECONNRESET/i.test(message)) {
    return new AwayError(
      `The database at ${server}, where ${setting} points, does not answer. Check host, port and firewall.`,
    );
  }
  return new LaunchError(explainRefusal(setting, url, { code, message, server }));
}

function explainRefusal(
  setting: string,
  url: URL,
  { code, message, server }: { code: string; message: string; server: string },
): string {
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  const explanations: Record<string, string> = {
    ENOTFOUND: `The host ${url.hostname} in ${setting} is not known. Correct its name, or check this machine's DNS.`,
    "28P01": `The database at ${server} refuses the password of user ${user} in ${setting}. Correct user and password; special characters must be percent-encoded.`,
    "28000": `The database at ${server} does not let user ${user} in: ${message}. Correct ${setting}, or the server's pg_hba.conf.`,
    "3D000": `There is no database ${database} at ${server}. Create it, or correct the name at the end of ${setting}.`,
    "53300": `The database at ${server} has no free connection. Raise its max_connections, or stop what uses them.`,
    "42501": `User ${user} in ${setting} lacks a right in database ${database}: ${message}. Use the role that owns the schema, or one that is a member of bsuid_console_app.`,
  };
  return (
    explanations[code] ??
    `The database in ${setting} cannot be used: ${message}. Correct ${setting}.`
  );
}
