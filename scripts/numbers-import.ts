import { importNumbers } from "./command/import-numbers.ts";
import { runCommand } from "./command/run-command.ts";

await runCommand(importNumbers);
