import { randomBytes, randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Settings } from "./settings.ts";

const schema = z.object({ businessId: z.string().min(1), apiKey: z.string().min(16) });

/** The API key of the runtime's clients, and the id of their business. */
export type Access = z.infer<typeof schema>;

/** The access from the settings. What they lack is made once and kept in `dataDir`, readable by its owner only. */
export async function keepAccess({ dataDir, businessId, apiKey }: Settings): Promise<Access> {
  if (businessId !== null && apiKey !== null) return { businessId, apiKey };
  const kept = await keep(path.join(dataDir, "access.json"));
  return { businessId: businessId ?? kept.businessId, apiKey: apiKey ?? kept.apiKey };
}

async function keep(file: string): Promise<Access> {
  const made: Access = { businessId: randomUUID(), apiKey: randomBytes(32).toString("base64url") };
  const text = `${JSON.stringify(made, null, 2)}\n`;
  try {
    await writeFile(file, text, { mode: 0o600, flag: "wx" });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  }
}
