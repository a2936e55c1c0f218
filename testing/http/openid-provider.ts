import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type KoaContextWithOIDC, Provider } from "oidc-provider";

/**
 * What a test types into the provider's sign-in form, as JSON: who signs in, and how the provider
 * should misbehave with that person's ID tokens.
 */
export type ProviderAccount = {
  sub: string;
  claims: Record<string, unknown>;
  /** Overwrites claims of the ID token, which is then signed again. */
  tampered?: Record<string, unknown>;
  /** Shifts the token's times by this many seconds, as a wrong clock does. */
  clockSeconds?: number;
  isSignedByAnother?: boolean;
};

export type RunningProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop: () => Promise<void>;
};

/** A certified OpenID Connect provider on this machine, whose accounts are made by its sign-in form. */
export async function startOpenIdProvider(redirectUris: string[]): Promise<RunningProvider> {
  const http = createServer();
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const client = { clientId: "console", clientSecret: randomUUID() };
  const accounts = new Map<string, ProviderAccount>();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = newProvider(issuer, { ...client, redirectUris, accounts, privateKey });
  const answer = provider.callback();
  http.on("request", (request, response) => {
    const isInteraction = request.url?.startsWith("/interaction/");
    const answered = isInteraction
      ? interact(provider, { request, response, accounts })
      : answer(request, response);
    answered.catch(() => response.destroy());
  });
  const stop = async () => {
    http.closeAllConnections();
    http.close();
  };
  return { issuer, ...client, stop };
}

type Setup = {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  accounts: Map<string, ProviderAccount>;
  privateKey: KeyObject;
};

function newProvider(issuer: string, setup: Setup): Provider {
  const { clientId, clientSecret, redirectUris, accounts, privateKey } = setup;
  const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "1" };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        // Plain HTTP on loopback is for native clients.
        application_type: "native",
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: [randomUUID()] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "role"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ ...accounts.get(sub)?.claims, sub }),
    }),
    loadExistingGrant: grantAll,
  });
  const { privateKey: another } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  provider.use(async (ctx, next) => {
    await next();
    const account = accounts.get(ctx.oidc?.entities.Account?.accountId ?? "");
    const body = ctx.body as { id_token?: string } | undefined;
    if (!account || !body?.id_token) return;
    const signer = account.isSignedByAnother ? another : privateKey;
    body.id_token = tamper(body.id_token, account, signer);
  });
  return provider;
}

async function grantAll({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid email profile");
  await grant.save();
  return grant;
}

function tamper(token: string, account: ProviderAccount, signer: KeyObject): string {
  const [head = "", body = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  const shift = account.clockSeconds ?? 0;
  // Issued and expired at the same moment, so that a slow clock shows in `exp` as well as in `iat`.
  const times = shift === 0 ? {} : { iat: claims.iat + shift, exp: claims.iat + shift };
  const payload = JSON.stringify({ ...claims, ...times, ...account.tampered });
  const signed = `${head}.${Buffer.from(payload).toString("base64url")}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), signer).toString("base64url")}`;
}

type Interaction = {
  request: IncomingMessage;
  response: ServerResponse;
  accounts: Map<string, ProviderAccount>;
};

/** The provider's sign-in form: takes an account as JSON, or sends the person back without one. */
async function interact(
  provider: Provider,
  { request, response, accounts }: Interaction,
): Promise<void> {
  const { prompt } = await provider.interactionDetails(request, response);
  // The provider asks this of every native client; the grant exists already.
  if (prompt.name === "consent") {
    await provider.interactionFinished(request, response, { consent: {} });
    return;
  }
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html");
    response.end(`<title>Provider</title><form method="post"><label>Account
      <textarea name="account"></textarea></label>
      <button>Be this person</button><button name="cancel" value="1">Cancel</button></form>`);
    return;
  }
  const form = new URLSearchParams(await text(request));
  const account = form.get("cancel")
    ? null
    : (JSON.parse(form.get("account") ?? "") as ProviderAccount);
  if (account) accounts.set(account.sub, account);
  const result = account
    ? { login: { accountId: account.sub, remember: false } }
    : { error: "access_denied", error_description: "The person went back." };
  await provider.interactionFinished(request, response, result);
}
