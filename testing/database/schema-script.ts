import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

const nodeRequire = createRequire(import.meta.url);

/**
 * The SQL that makes the schema that schema.prisma describes, by Prisma's own engine. It is WebAssembly
 * from npm, because the native one is a download; Node imports `.wasm` only with a flag.
 *
 * @param content the text of schema.prisma
 * @param databaseUrl any PostgreSQL database: the engine wants a connection, and changes nothing
 */
export async function toSchemaScript(content: string, databaseUrl: string): Promise<string> {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const gluePath = nodeRequire.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const { instance } = await WebAssembly.instantiate(
    await readFile(gluePath.replace(/\.js$/, ".wasm")),
    { "./schema_engine_bg.js": { ...glue } },
  );
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new PrismaPg({ connectionString: databaseUrl }),
  );
  const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  const { stdout } = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? "";
}
