import { parseArgs } from "node:util";
import { type TrailReport, verifyTrail } from "#lib/audit/verify-trail.ts";
import { CommandError } from "./command/command-error.ts";
import { findAuditKeys } from "./command/find-audit-keys.ts";
import { runCommand } from "./command/run-command.ts";

/** `npm run audit:verify`: is the trail whole, and is its replay the flag table? */
await runCommand({
  name: "audit:verify",
  permission: "audit:read",
  readArguments,
  work: async (actor, { publicKeys }) => {
    const keys = await findAuditKeys(publicKeys, process.env);
    const report = await verifyTrail(actor, { keys });
    if (!report.isWhole) throw new CommandError(`The trail is NOT whole. ${report.problem}`);
    console.log(toWords(report, { areSignaturesChecked: keys.size > 0 }));
  },
});

type Arguments = { publicKeys: string[] };

function readArguments(args: readonly string[]): Arguments {
  try {
    const options = { "public-key": { type: "string", multiple: true } } as const;
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
    return { publicKeys: values["public-key"] ?? [] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${why}\nUse: npm run audit:verify -- [--public-key KEY]`);
  }
}

function toWords(
  { events, revision, hash, head, heads }: Extract<TrailReport, { isWhole: true }>,
  { areSignaturesChecked }: { areSignaturesChecked: boolean },
): string {
  const signed = head
    ? `${heads.toLocaleString("en")} signed heads agree with it, the last of entry ${head.seq}, signed on ${head.signedAt} by key ${head.keyId}.`
    : "No head of it was signed yet.";
  const unchecked = areSignaturesChecked
    ? ""
    : "\nSignatures were NOT checked: no public key is known here. Name one with --public-key.";
  return `The trail is whole: ${events.toLocaleString("en")} entries, revision ${revision}, head ${hash}. Replaying it gives the flag table. ${signed}${unchecked}`;
}
