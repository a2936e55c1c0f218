import { execFile } from "node:child_process";
import path from "node:path";

const SCRIPTS = path.resolve(import.meta.dirname, "../scripts");

type Outcome = { code: number; stdout: string; stderr: string };

/** Runs a file of scripts/ to its end, as an operator does, with this process's settings and `settings`. */
export function runScript(
  file: string,
  { settings, args = [] }: { settings: Record<string, string>; args?: readonly string[] },
): Promise<Outcome> {
  const env = { ...process.env, ...settings };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(SCRIPTS, file), ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
  });
}
