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
 * @param connection of a role that owns the schema, inside the transaction that all of the
 *   engine's work shall be part of
 * @param options.datamodel the text of schema.prisma, where the engine has to compare with it
 * @param options.onScriptError hears what PostgreSQL said; the engine passes on much less
 */
export async function openSchemaEngine(
  connection: pg.ClientBase,
  options: { datamodel?: string; onScriptError?: (error: unknown) => void } = {},
): Promise<SchemaEngine> {
  const { SchemaEngine } = await loadEngine();
  const { datamodel, onScriptError = () => {} } = options;
  const datamodels: [string, string][] | undefined = datamodel
    ? [["schema.prisma", datamodel]]
    : undefined;
  const factory = new OneTransactionPrismaPg(connection, onScriptError);
  const adapter = bindMigrationAwareSqlAdapterFactory(factory);
  return await SchemaEngine.new({ datamodels }, () => {}, adapter);
}

/** Prisma's adapter, kept to one connection, and without cutting scripts at every semicolon. */
class OneTransactionPrismaPg extends PrismaPg {
  readonly #connection: pg.ClientBase;
  readonly #onScriptError: (error: unknown) => void;

  constructor(connection: pg.ClientBase, onScriptError: (error: unknown) => void) {
    super({});
    this.#connection = connection;
    this.#onScriptError = onScriptError;
  }

  override async connect() {
    const adapter = await super.connect();
    const client = { query: (query: pg.QueryConfig) => inSavepoint(this.#connection, query) };
    const executeScript = async (text: string) => {
      try {
        await inSavepoint(this.#connection, { text });
      } catch (error) {
        this.#onScriptError(error);
        throw error;
      }
    };
    return Object.assign(adapter, { client, executeScript });
  }
}

/** The engine lives with failing queries (it looks for its table by one); the transaction must too. */
async function inSavepoint(connection: pg.ClientBase, query: pg.QueryConfig) {
  await connection.query("SAVEPOINT engine");
  try {
    const result = await connection.query(query);
    await connection.query("RELEASE SAVEPOINT engine");
    return result;
  } catch (error) {
    await connection.query("ROLLBACK TO SAVEPOINT engine");
    throw error;
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
