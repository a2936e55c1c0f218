import type { Setup } from "#lib/settings/read-setup.ts";

/** The lines that say what a new installation lacks and how to add it; empty when it lacks nothing. */
export function toMissingLines(setup: Setup): string[] {
  return [...signInLines(setup), ...adminLines(setup), ...runtimeLines(setup)];
}

function signInLines({ canAnybodySignIn }: Setup): string[] {
  if (canAnybodySignIn) return [];
  return [
    "Nobody can sign in: passwords are off, and no identity provider is set. Start again with",
    "  PASSWORD_SIGN_IN=on, or with OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET",
  ];
}

function adminLines({ admin, comingAdmin }: Setup): string[] {
  if (admin === "can sign in") return [];
  if (admin === "cannot sign in") {
    return [
      "No admin has a way to sign in. With PASSWORD_SIGN_IN=on, make a password for one:",
      '  npm run person:reset-password -- EMAIL "REASON"',
    ];
  }
  if (comingAdmin !== null) {
    return [`There is no admin yet: ${comingAdmin} becomes one by signing in.`];
  }
  return ["There is no admin. Invite one:", "  npm run person:invite -- EMAIL --role admin"];
}

function runtimeLines({ hasRuntimeToken, hasNumbers }: Setup): string[] {
  return [
    ...(hasNumbers
      ? []
      : ["There are no numbers. Import them:", "  npm run numbers:import -- FILE.csv"]),
    ...(hasRuntimeToken
      ? []
      : [
          "No messaging runtime can ask for flags. Make its token:",
          '  npm run token:create -- "Messaging runtime" --scopes flags:read,reports:write',
        ]),
  ];
}
