import { resetLostPassword } from "./command/reset-lost-password.ts";
import { runCommand } from "./command/run-command.ts";

await runCommand(resetLostPassword);
