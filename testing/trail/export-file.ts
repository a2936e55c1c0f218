import { execFile } from "node:child_process";
import path from "node:path";
import { callApi } from "../http/call-api.ts";

const OUTSIDER = path.resolve(import.meta.dirname, "../../docs/verify-export.mjs");

/** An export over the API, as text. */
export async function readExport(token: string, query = ""): Promise<string> {
  const { status, body } = await callApi(`GET /api/v1/audit/export${query}`, { token });
  if (status !== 200 || typeof body !== "string") throw new Error(`${status}`);
  return body;
}

/** What the outsider's own script says of a file, or of several; it shares no code with us. */
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
