import { once } from "node:events";
import { createServer } from "node:net";
import { LaunchError } from "./launch-error.ts";

/** Checks that the address can be used. Called first, so that the operator need not wait for the build to find out. */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, "listening");
  } catch (error) {
    throw toListenError(error, { host, port });
  }
  probe.close();
  await once(probe, "close");
}

/** Explains to the operator why an address cannot be listened on. Returns any other error as it is. */
export function toListenError(
  error: unknown,
  { host, port }: { host: string; port: number },
): unknown {
  const { code = "", syscall = "", message } = error as NodeJS.ErrnoException;
  if (!["listen", "getaddrinfo"].includes(syscall)) return error;
  const explanation = explain(code, host, port);
  return new LaunchError(explanation ?? `Cannot listen on ${host}:${port}: ${message}`);
}

function explain(code: string, host: string, port: number): string | undefined {
  const explanations: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program. Stop that program, or choose another port: PORT=${port < 65_535 ? port + 1 : port - 1} npm start`,
    EACCES: `This user may not use port ${port}. Choose one above 1023: PORT=3000 npm start`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this machine. Leave HOST out, or set it to one that is.`,
    ENOTFOUND: `HOST ${host} is not a name this machine knows. Leave HOST out, or set it to an address of this machine.`,
  };
  return explanations[code];
}
