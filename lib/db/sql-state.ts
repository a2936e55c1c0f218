/** PostgreSQL's code for a failed query that went through Prisma; the shape is its driver adapter's own, and is not exported. */
export function sqlState(error: unknown): string | undefined {
  return toAdapterCause(error).originalCode;
}

type AdapterCause = { kind?: string; originalCode?: string };

/** What Prisma's driver adapter says of a failed query. */
export function toAdapterCause(error: unknown): AdapterCause {
  type Carrier = { meta?: { driverAdapterError?: { cause?: AdapterCause } } };
  if (!(error instanceof Error)) return {};
  return (error as Carrier).meta?.driverAdapterError?.cause ?? {};
}
