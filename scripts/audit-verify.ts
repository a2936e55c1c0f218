import { verifyTrail } from "#lib/audit/verify-trail.ts";
import { CommandError } from "./command/command-error.ts";
import { runCommand } from "./command/run-command.ts";

/** `npm run audit:verify`: is the trail whole, and is its replay the flag table? */
await runCommand({
  name: "audit:verify",
  permission: "audit:read",
  readArguments: ([unknown]) => {
    if (unknown !== undefined) throw new CommandError(`audit:verify does not know "${unknown}".`);
  },
  work: async (actor) => {
    const report = await verifyTrail(actor);
    if (!report.isWhole) throw new CommandError(`The trail is NOT whole. ${report.problem}`);
    const { events, revision, hash } = report;
    console.log(
      `The trail is whole: ${events.toLocaleString("en")} entries, revision ${revision}, head ${hash}. Replaying it gives the flag table.`,
    );
  },
});
