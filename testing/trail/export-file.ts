import { execFile } from "node:child_process";
import path from "node:path";
import { callApi } from "../http/call-api.ts";

const OUTSIDER = path.resolve(import.meta.dirname, "../../docs/verify-export.mjs");

/** Fetches an export from the API, as text. */
export async function readExport(token: string, query = ""): Promise<string> {
  const { status, body } = await callApi(`GET /api/v1/audit/export${query}`, { token });
  if (status !== 200 || typeof body !== "string") throw new Error(`${status}`);
  return body;
}

/** Runs the outsider's own script, which shares no code with us, on one file or several. */
export function askOutsider(
  file: string | readonly string[],
  publicKey: string,
): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [OUTSIDER, ...[file].flat(), publicKey], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}
