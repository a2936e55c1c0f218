import type { OAuthConfig } from "next-auth/providers/oauth";
import type { OidcSettings } from "#lib/config.ts";

/** next-auth's id of the provider: the callback is /api/auth/callback/openid. */
export const OPENID = "openid";

const PATIENCE_MS = 5_000;
/** next-auth's own tolerance, which it applies only to the token's expiry. */
const SKEW_MS = 10_000;

/**
 * Any OpenID Connect provider, found by its issuer's discovery document. next-auth checks the ID
 * token's signature, issuer, audience, nonce and times (10 s of skew), and state and PKCE.
 */
export function openIdProvider({ issuer, clientId, clientSecret }: OidcSettings) {
  return {
    id: OPENID,
    name: "OpenID Connect",
    type: "oauth",
    issuer,
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    authorization: { params: { scope: "openid email profile" } },
    checks: ["pkce", "state", "nonce"],
    idToken: true,
    httpOptions: { timeout: PATIENCE_MS },
    userinfo: { request: (answer) => readClaims(answer, issuer) },
    // auth-options.ts finds the person, because there next-auth can be told to refuse.
    profile: ({ sub }) => ({ id: sub }),
  } satisfies OAuthConfig<{ sub: string }>;
}

type Answer = Parameters<
  NonNullable<Extract<OAuthConfig<unknown>["userinfo"], { request?: unknown }>["request"]>
>[0];

type TokenClaims = { sub: string; iat: number };

/** The ID token's claims, completed by those that some providers give only at the userinfo endpoint. */
async function readClaims({ client, tokens }: Answer, issuer: string) {
  const { metadata } = client.issuer;
  // OpenID Connect Discovery 1.0, 4.3: otherwise the document is another provider's.
  if (metadata.issuer.replace(/\/$/, "") !== issuer) {
    throw new Error("The discovery document names another issuer.");
  }
  // Really a TokenSet: next-auth's types leave out its methods.
  const token = tokens as Parameters<typeof client.userinfo>[0] & { claims: () => TokenClaims };
  const claims = token.claims();
  if (claims.iat * 1_000 > Date.now() + SKEW_MS) throw new Error("The ID token is of the future.");
  const userInfo = metadata.userinfo_endpoint ? await client.userinfo(token) : {};
  return { ...userInfo, ...claims };
}
