import { DatabaseSync } from "node:sqlite";
import { migrate } from "../store/database.ts";
import { Pseudonyms } from "../store/pseudonyms.ts";

export const PSEUDONYMS = new Pseudonyms(Buffer.alloc(32, "the key of tests"));

/** A database with a runtime's tables; with `version`, as an older runtime left them. */
export function aDatabase({
  file = ":memory:",
  version,
}: {
  file?: string;
  version?: number;
} = {}) {
  const database = new DatabaseSync(file);
  migrate(database, PSEUDONYMS, version);
  return database;
}
