import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import type pg from "pg";

const nodeRequire = createRequire(import.meta.url);

/**
 * Opens Prisma's own migration engine, compiled to WebAssembly, over node-postgres.
 *
 * The engine is the one that `prisma migrate deploy` runs natively, of the same version, so
 * both write the same `_prisma_migrations`. WebAssembly because it comes from npm; the native
 * engine is a download. Node cannot import `.wasm` as a module without a flag: hence by hand.
 *
 * @param pool connections of a role that owns the schema
 * @param datamodel the text of schema.prisma, where the engine has to compare with it
 */
export async function openSchemaEngine(pool: pg.Pool, datamodel?: string): Promise<SchemaEngine> {
  const { SchemaEngine } = await loadEngine();
  const datamodels: [string, string][] | undefined = datamodel
    ? [["schema.prisma", datamodel]]
    : undefined;
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptPrismaPg(pool));
  return await SchemaEngine.new({ datamodels }, () => {}, adapter);
}

/** Prisma's adapter cuts a script at every semicolon, which breaks function bodies. */
class WholeScriptPrismaPg extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script: string) => {
      await this.#pool.query(script);
    };
    return adapter;
  }
}

type EngineModule = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");

let loading: Promise<EngineModule> | undefined;

function loadEngine(): Promise<EngineModule> {
  loading ??= instantiate();
  return loading;
}

async function instantiate(): Promise<EngineModule> {
  const glue: EngineModule = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const gluePath = nodeRequire.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(gluePath.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": { ...glue },
  });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  return glue;
}
