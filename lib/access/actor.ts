import type { Role } from "../db/generated/enums.ts";
import type { Permission, Scope } from "./permissions.ts";

export const CHANNELS = ["ui", "api", "import", "schedule", "cli"] as const;

export type Channel = (typeof CHANNELS)[number];

/** How an act reached us; goes into its audit event. */
export type Origin = {
  /** The id in the response's `x-request-id`. */
  requestId: string;
  channel: Channel;
  ip: string | null;
  userAgent: string | null;
  /** What was asked for, such as `PUT /api/v1/numbers/1/flag`; every refusal names it. */
  asked?: string | undefined;
};

/** Somebody who may know the password that a session began with. */
type PasswordMaker = { id: string; name: string; email: string };

/** One of the staff, by session or by personal token. */
export type PersonActor = {
  type: "person";
  id: string;
  email: string;
  name: string;
  role: Role;
  /** The person's session version when the actor was made; it must still be that at the write. */
  sessionVersion: number;
  /** The personal token used, if one was. */
  tokenId: string | null;
  /** The browser session used, if one was. */
  sessionId: string | null;
  /** The admin who made the password that this session began with, and could have signed in so; else null. */
  passwordMaker: PasswordMaker | null;
  origin: Origin;
};

/** A program, by service token. */
type ServiceActor = {
  type: "service";
  /** The token's id. */
  id: string;
  name: string;
  scopes: readonly Scope[];
  origin: Origin;
};

/** The console itself: the shell, a schedule. Made by its own code only, with just what it needs. */
export type SystemActor = {
  type: "system";
  id: string;
  name: string;
  permissions: readonly Permission[];
  origin: Origin;
};

/** Who did it. Made from credentials by an edge; never read from a request's body. */
export type Actor = PersonActor | ServiceActor | SystemActor;
