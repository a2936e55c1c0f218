import { makeToken } from "./command/create-token.ts";
import { runCommand } from "./command/run-command.ts";

await runCommand(makeToken);
