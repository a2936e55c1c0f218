import { createFlagClient } from "#sdk/flag-client.ts";

/** Named after where a business like this would run them. */
const NAMES = ["runtime-sao-paulo", "runtime-frankfurt"] as const;

/**
 * Starts two more instances of the messaging runtime, as far as the console sees them: they follow the flags
 * and report, and get no messages.
 *
 * @returns a function that ends them
 */
export function startDemoInstances({
  consoleUrl,
  token,
}: {
  consoleUrl: string;
  token: string;
}): () => Promise<void> {
  const clients = NAMES.map((instanceId) =>
    createFlagClient({ url: consoleUrl, token, instanceId }),
  );
  return async () => {
    await Promise.all(clients.map((client) => client.close()));
  };
}
