import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";

/** OWASP's argon2id setting for interactive sign-in: 19 MiB, 2 passes, 1 lane; argon2id is the default algorithm. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const MIN_PASSWORD_CHARACTERS = 12;
export const MAX_PASSWORD_CHARACTERS = 200;

/** A new password. Only its length is checked: rules about characters make people choose worse ones. */
export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_CHARACTERS, "The password must have at least 12 characters.")
  .max(MAX_PASSWORD_CHARACTERS, "The password must have at most 200 characters.");

/** Without letters and digits that are easily confused when read out or typed. */
const CLEAR_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS = 5;
const GROUP_CHARACTERS = 4;

/** A random password of 100 bits, such as `k7qm-…`, to hand to somebody else. */
export function newPassword(): string {
  const group = () =>
    Array.from({ length: GROUP_CHARACTERS }, () => CLEAR_CHARACTERS[randomInt(32)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

/** The argon2id hash in PHC form, with a random salt. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize("NFC"), COST);
}

/** Whether the password is right. Takes as long when there is no hash, so that the time does not reveal it. */
export async function matchesPassword(
  password: string,
  passwordHash: string | null,
): Promise<boolean> {
  const isMatch = await verify(passwordHash ?? (await getDummyHash()), password.normalize("NFC"));
  return passwordHash !== null && isMatch;
}

let dummyHash: Promise<string> | undefined;

function getDummyHash(): Promise<string> {
  dummyHash ??= hashPassword("the password of nobody");
  return dummyHash;
}
