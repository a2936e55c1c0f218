import { retireOneNumber } from "./command/retire-number.ts";
import { runCommand } from "./command/run-command.ts";

await runCommand(retireOneNumber);
