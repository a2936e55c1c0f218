import { holds, type Permission, SCOPE_PERMISSIONS, SCOPES } from "./permissions.ts";
import { ROLES } from "./roles.ts";

/** What each permission allows. Those that no role or scope has belong to the console itself. */
const DESCRIPTIONS: Readonly<Record<Permission, string>> = {
  "number:read": "see numbers, their history and what they lose",
  "flag:read": "read the flags",
  "flag:set": "change a flag, with a reason",
  "audit:read": "read and export the trail, and verify it at a shell",
  "origin:read": "see from which address, with what program, colleagues acted",
  "roster:write": "import the roster",
  "report:write": "report what a runtime dropped and applied",
  "report:forget": "delete old reports (the console itself)",
  "runtime:dismiss": "stop waiting for a silent runtime",
  "runtime:release": "let the name of a runtime go to another token",
  "access:forget": "delete old sessions (the console itself)",
  "audit:verify": "have the whole trail verified, from the Audit page",
  "audit:keep": "keep, verify and send the heads of the trail (the console itself)",
  "audit:restore": "say that entries were lost in a restore (the owner of the database)",
  "person:manage": "invite and rename people, set roles, disable, end sessions, ask for an erasure",
  "person:erase": "erase people whose erasure is due (the owner of the database)",
  "token:manage": "make and end service tokens, end anybody's",
  "settings:read": "see the settings",
  "desk:read": "see requests, schedules, accounts and batches",
  "request:create": "ask for changes of flags; account managers for their own accounts",
  "request:decide": "approve and decline what others ask for; approving takes a browser session",
  "request:expire": "end requests whose time ran out (the console itself)",
  "schedule:create": "schedule changes of flags",
  "schedule:cancel": "cancel and move one's own schedules; admins anybody's",
  "schedule:run": "carry out schedules (the console itself)",
  "batch:undo": "undo a batch",
  "person:undo": "undo everything a person did since a time",
  "number:retire": "retire a number for good",
  "flag:force": "change a flag alone where two people are needed, in a browser session",
  "flag:force-review": "review what another admin forced, in a browser session",
  "account:manage": "set an account's manager, stand-ins and zone",
  "account:two-people": "require two people for an account's changes, or ask to lift that",
  "webhook:manage": "add, change, rotate, test and remove webhook endpoints, replay deliveries",
  "webhook:deliver": "deliver webhooks and notices (the console itself)",
  "desk:forget": "delete old notices, deliveries, selections and kept answers (the console itself)",
};

/** Who may do what, as the Markdown table of docs/security.md, generated from the rules themselves. */
export function toPermissionTable(): string {
  const head = [
    "permission",
    "lets one",
    ...ROLES.map((role) => role.replace("_", " ")),
    "service token with",
  ];
  const rows = (Object.keys(DESCRIPTIONS) as Permission[]).map((permission) => [
    `\`${permission}\``,
    DESCRIPTIONS[permission],
    ...ROLES.map((role) => (holds(role, permission) ? "yes" : "")),
    SCOPES.filter((scope) => SCOPE_PERMISSIONS[scope] === permission)
      .map((s) => `\`${s}\``)
      .join(", "),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const toLine = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [toLine(head), rule, ...rows.map(toLine)].join("\n");
}
