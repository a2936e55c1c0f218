import { closeDatabase, setDatabase } from "#lib/db/client.ts";
import { createPerson } from "#lib/people/create-person.ts";
import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { createTemplate, toDatabaseUrl } from "#testing/database/database.ts";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { aNumber, aSystem, aToken } from "#testing/factories.ts";

const NAME = "console";

/**
 * A PostgreSQL server that a test may kill: after that nothing answers at its address until `start`. What
 * was committed stays.
 */
export async function startOwnDatabase() {
  const postgres = await startTemporaryPostgres({ durable: true });
  const clusterUrl = postgres.superuserUrl("postgres");
  await createTemplate(clusterUrl, NAME);
  const directUrl = toDatabaseUrl(clusterUrl, NAME);
  // After a kill it restarts at once; the proxy to it opens when the test says so.
  let proxy: Awaited<ReturnType<typeof startTcpProxy>> | null = await startTcpProxy(postgres.port);
  const { port } = proxy;
  const closeWay = async () => {
    await proxy?.close();
    proxy = null;
  };
  return {
    url: directUrl.replace(`:${postgres.port}/`, `:${port}/`),
    seed: () => seed(directUrl),
    /** Sends SIGKILL, as the kernel does when memory runs out. */
    kill: async () => {
      const pid = postgres.pid();
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      await closeWay();
    },
    start: async () => {
      proxy ??= await startTcpProxy(postgres.port, port);
    },
    stop: async () => {
      await closeWay();
      await postgres.stop();
    },
  };
}

/** Creates a supporter, a runtime, and a phone-only number. */
async function seed(databaseUrl: string) {
  // The worker may have run another spec on the shared database.
  await closeDatabase();
  setDatabase(databaseUrl);
  const credentials = { email: "support@staff.test", password: "for these tests only" };
  const person = {
    ...credentials,
    name: "Sam Support",
    role: "support",
    isPasswordOwn: true,
  } as const;
  const { id: personId } = await createPerson(aSystem("person:manage"), person);
  const { secret: support } = await aToken({ personId });
  const { secret: runtime } = await aToken({ scopes: ["flags:read"] });
  const label = "Sales in Recife";
  const phoneNumberId = await aNumber({ label });
  await closeDatabase();
  return { credentials, tokens: { support, runtime }, number: { phoneNumberId, label } };
}

export type OwnDatabase = Awaited<ReturnType<typeof startOwnDatabase>>;
