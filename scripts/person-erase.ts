import { erasePeople } from "#lib/people/erase-people.ts";
import { CommandError } from "./command/command-error.ts";
import { explain, runCommand } from "./command/run-command.ts";

/** `npm run person:erase`: run as the owner of the database, by hand or by the operators' timer. */
await runCommand({
  name: "person:erase",
  permission: "person:erase",
  isOwners: true,
  readArguments: (args) => {
    if (args.length > 0) throw new CommandError("Use: npm run person:erase");
  },
  work: async (actor) => {
    const { erased, waiting, failed, areTracesLeft } = await erasePeople(actor);
    for (const { personId, seq, values } of erased) {
      console.log(
        `Person ${personId} was erased, with ${values} values of the trail: entry ${seq} tells of it.`,
      );
    }
    for (const { personId, notBefore } of waiting) {
      console.log(`Person ${personId} can be erased from ${notBefore.toISOString()} on.`);
    }
    for (const { personId, error } of failed) {
      process.exitCode = 1;
      console.error(`Person ${personId} was NOT erased. ${explain(error)}`);
    }
    if (erased.length + waiting.length + failed.length === 0)
      console.log("Nobody is to be erased.");
    if (areTracesLeft) {
      process.exitCode = 1;
      console.error(
        "The database's files still have what was erased, since somebody was reading: run this again within seven days.",
      );
    }
    if (erased.length > 0) {
      console.log("Backups and exports of before still have their data.");
    }
  },
});
