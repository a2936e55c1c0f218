import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { withClient } from "#postgres/with-client.ts";

type Row = Record<string, string | null>;

/** The rows of a CSV file by its header, as PostgreSQL reads them: an empty cell without quotes is null. */
export async function readByPostgres(ownerUrl: string, csv: string): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "csv-"));
  const file = path.join(folder, "export.csv");
  await writeFile(file, csv);
  await chmod(folder, 0o755); // The server may run as another user.
  const header = csv.split("\r\n", 1)[0] ?? "";
  const names = header.replaceAll('"', "").split(",").map(pg.escapeIdentifier);
  try {
    return await withClient(ownerUrl, async (owner) => {
      const columns = names.map((name) => `${name} text`).join(", ");
      await owner.query(
        `CREATE TEMPORARY TABLE csv (place int GENERATED ALWAYS AS IDENTITY, ${columns})`,
      );
      await owner.query(`COPY csv (${names.join(", ")}) FROM ${pg.escapeLiteral(file)}
        (FORMAT csv, HEADER match, ENCODING 'UTF8')`);
      return (await owner.query<Row>("SELECT * FROM csv ORDER BY place")).rows;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
