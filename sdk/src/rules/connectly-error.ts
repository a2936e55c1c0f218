/**
 * An error in the shape of Connectly's API. Its documents list no code about BSUIDs, so the codes that
 * the rules add are this package's own.
 *
 * Source: Connectly's documents, "Error codes".
 */
export type ConnectlyError = {
  message: string;
  type: string;
  code: string;
  userTitle: string;
  userMessage: string;
  cntTraceId: string;
  details: Record<string, unknown>;
};
