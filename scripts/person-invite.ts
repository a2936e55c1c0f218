import { invitePerson } from "./command/invite-person.ts";
import { runCommand } from "./command/run-command.ts";

await runCommand(invitePerson);
