/** The policy of one page, bound to its nonce; see docs/decisions/0011-scripts-by-nonce.md. */
export function toContentSecurityPolicy({
  nonce,
  isDevelopment,
}: {
  nonce: string;
  isDevelopment: boolean;
}): string {
  // React's error overlay evaluates strings and has styles without a nonce; hot reload uses a WebSocket.
  const evaluated = isDevelopment ? " 'unsafe-eval'" : "";
  const sockets = isDevelopment ? " ws:" : "";
  const styles = isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${evaluated}`,
    `style-src 'self' ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * The headers of a page, besides those that next.config.js sets on all answers.
 *
 * @param ownUrl the address people use; on HTTPS browsers are told to use nothing else for a year
 */
export function toPageHeaders({ policy, ownUrl }: { policy: string; ownUrl: string }) {
  const isHttps = new URL(ownUrl).protocol === "https:";
  return {
    "content-security-policy": policy,
    ...(isHttps ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}

type Asked = { method: string; headers: Pick<Headers, "get">; ownOrigin: string };

/**
 * Whether another site's page sent a request that may change something. Browsers say so in
 * Sec-Fetch-Site, older ones in Origin; a client that sends neither is not a browser and has no cookies
 * to abuse. The algorithm of Go's http.CrossOriginProtection.
 */
export function isForeignWrite({ method, headers, ownOrigin }: Asked): boolean {
  if (["GET", "HEAD", "OPTIONS"].includes(method)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  if (origin === null || origin === ownOrigin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get("host");
}
