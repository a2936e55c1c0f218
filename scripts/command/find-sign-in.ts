import { readConfig } from "#lib/config.ts";
import { CommandError } from "./command-error.ts";

/** Stands in for the secrets that a server's settings need and the ways to sign in do not. */
const PLACEHOLDER = "-".repeat(32);

/** The ways to sign in that the settings allow. */
export function findSignIn(env: NodeJS.ProcessEnv): { hasPasswords: boolean; hasOpenId: boolean } {
  const secret = env.NEXTAUTH_SECRET || PLACEHOLDER;
  const { passwordSignIn, oidc } = readConfig({ ...env, NEXTAUTH_SECRET: secret });
  return { hasPasswords: passwordSignIn, hasOpenId: oidc !== null };
}

/** @throws CommandError where passwords are off */
export function requirePasswords(env: NodeJS.ProcessEnv): void {
  if (findSignIn(env).hasPasswords) return;
  throw new CommandError(
    "Sign-in by password is off. Set PASSWORD_SIGN_IN=on, for the console and for this command.",
  );
}
