import { archiveTrail } from "#lib/audit/archive/archive-trail.ts";
import { getConfig } from "#lib/config.ts";
import { CommandError } from "./command/command-error.ts";
import { runCommand } from "./command/run-command.ts";

/** `npm run audit:archive`: the owner of the database, by hand or by a timer of the operators. */
await runCommand({
  name: "audit:archive",
  permission: ["audit:keep", "audit:read"],
  isOwners: true,
  readArguments: (args) => {
    if (args.length > 0) throw new CommandError("Use: npm run audit:archive");
    const { retentionDays, archiveDir } = getConfig().audit;
    if (retentionDays !== null) return archiveDir;
    throw new CommandError(
      "AUDIT_RETENTION_DAYS is not set, so the trail is kept whole for ever. Nothing was archived.",
    );
  },
  work: async (actor, folder) => {
    const archives = await archiveTrail(actor);
    if (!archives) throw new CommandError("Somebody else is archiving just now. Try again later.");
    for (const { firstSeq, lastSeq, file, fileDigest } of archives) {
      console.log(`Entries ${firstSeq} to ${lastSeq} left into ${file}, SHA-256 ${fileDigest}.`);
    }
    console.log(
      archives.length > 0
        ? `Keep the files of ${folder} for as long as the law asks: the database has their entries no more.`
        : "No whole month of the trail is old enough. Nothing was archived.",
    );
  },
});
