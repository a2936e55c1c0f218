import { RefusedAddressError } from "../guard/guarded-connector.ts";

/** Why an attempt counts as failed. */
export const FAILURES = [
  /** The answer's status was not 2xx. */
  "status",
  "timeout",
  /** The host leads to an address that webhooks may not be sent to. */
  "address_refused",
  /** The endpoint's address is not allowed by the settings any more. */
  "url_refused",
  /** The DNS has no address of the host. */
  "not_found",
  "tls",
  "connection",
  /** The key of the endpoint's secret was changed. */
  "secret_lost",
] as const;

export type Failure = (typeof FAILURES)[number];

const TIMEOUTS =
  /^(?:UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT)$/;
const NOT_FOUND = /^(?:ENOTFOUND|EAI_AGAIN|ENODATA)$/;
/** Node's and OpenSSL's codes for what is wrong with a certificate or a handshake. */
const TLS =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/** Why a request got no answer. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return "connection";
  if (error instanceof RefusedAddressError) return "address_refused";
  const code = "code" in error ? String(error.code) : "";
  if (error.name === "TimeoutError" || TIMEOUTS.test(code)) return "timeout";
  if (NOT_FOUND.test(code)) return "not_found";
  if (TLS.test(code)) return "tls";
  return error.cause === undefined ? "connection" : toFailure(error.cause);
}
