import { archiveTrail } from "#lib/audit/archive/archive-trail.ts";
import { thinHeads } from "#lib/audit/head/thin-heads.ts";
import { getConfig } from "#lib/config.ts";
import { CommandError } from "./command/command-error.ts";
import { runCommand } from "./command/run-command.ts";

/** `npm run audit:archive`: run as the owner of the database, by hand or by the operators' timer. */
await runCommand({
  name: "audit:archive",
  permission: ["audit:keep", "audit:read"],
  isOwners: true,
  readArguments: (args) => {
    if (args.length > 0) throw new CommandError("Use: npm run audit:archive");
    return getConfig().audit;
  },
  work: async (actor, { retentionDays, archiveDir: folder }) => {
    const spare = await thinHeads(actor);
    console.log(
      `${spare.toLocaleString("en")} signed heads went: of days more than 30 days past, the last one stays.`,
    );
    if (retentionDays === null) {
      console.log("AUDIT_RETENTION_DAYS is not set, so that no entry leaves the trail.");
      return;
    }
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
