import { closeDatabase, setDatabase } from "#lib/db/client.ts";
import { createPerson } from "#lib/people/create-person.ts";
import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { createTemplate, toDatabaseUrl } from "#testing/database/database.ts";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { aNumber, aSystem, aToken } from "#testing/factories.ts";

const NAME = "console";

/**
 * A PostgreSQL server that a test may kill: nothing answers at its address from then on, until
 * `start`. What it has committed stays.
 */
export async function startOwnDatabase() {
  const postgres = await startTemporaryPostgres({ durable: true });
  const clusterUrl = postgres.superuserUrl("postgres");
  await createTemplate(clusterUrl, NAME);
  const directUrl = toDatabaseUrl(clusterUrl, NAME);
  // Killed, it is started again at once; the way there is opened when the test says so.
  let way: Awaited<ReturnType<typeof startTcpProxy>> | null = await startTcpProxy(postgres.port);
  const { port } = way;
  const closeWay = async () => {
    await way?.close();
    way = null;
  };
  return {
    url: directUrl.replace(`:${postgres.port}/`, `:${port}/`),
    seed: () => seed(directUrl),
    /** SIGKILL, as the kernel does when memory runs out. */
    kill: async () => {
      const pid = postgres.pid();
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      await closeWay();
    },
    start: async () => {
      way ??= await startTcpProxy(postgres.port, port);
    },
    stop: async () => {
      await closeWay();
      await postgres.stop();
    },
  };
}

/** Somebody of support, a runtime, and a number that is phone-only. */
async function seed(databaseUrl: string) {
  // The worker may have run another spec, on the database that those share.
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
