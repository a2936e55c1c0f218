import { acknowledgeRestore } from "#lib/audit/restore/acknowledge-restore.ts";
import { CommandError } from "./command/command-error.ts";
import { findAuditFiles } from "./command/find-audit-keys.ts";
import { parseOptions } from "./command/parse-options.ts";
import { runCommand } from "./command/run-command.ts";

const USAGE = 'Use: npm run audit:restored -- --reason "WHAT HAPPENED" [--journal FILE]…';

/** `npm run audit:restored`: records that the trail was restored to an earlier state, so that heads are signed again. */
await runCommand({
  name: "audit:restored",
  permission: "audit:restore",
  isOwners: true,
  readArguments: (args) => {
    const options = {
      reason: { type: "string" },
      journal: { type: "string", multiple: true },
    } as const;
    const { values, positionals } = parseOptions(args, { options, usage: USAGE });
    const { reason, journal } = values;
    if (reason === undefined || positionals.length > 0) throw new CommandError(USAGE);
    return { reason, journals: journal ?? [findAuditFiles(process.env).journal] };
  },
  work: async (actor, input) => {
    const { restoredToSeq, lastSeq, origin } = await acknowledgeRestore(actor, input);
    console.log(
      `The trail says now that signed entries after ${restoredToSeq}, up to ${lastSeq}, were lost in a restore. Heads are signed again, with the origin ${origin}.`,
    );
  },
});
