/** PostgreSQL's error code of a query that failed through Prisma. */
export function sqlState(error: unknown): string | undefined {
  return toAdapterCause(error).originalCode;
}

type AdapterCause = { kind?: string; originalCode?: string };

/** The cause that Prisma's driver adapter gives for a failed query; Prisma does not export its type. */
export function toAdapterCause(error: unknown): AdapterCause {
  type Carrier = { meta?: { driverAdapterError?: { cause?: AdapterCause } } };
  if (!(error instanceof Error)) return {};
  return (error as Carrier).meta?.driverAdapterError?.cause ?? {};
}
