import type { Prisma } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";
import type { Permission, Scope } from "./permissions.ts";

export const CHANNELS = ["ui", "api", "import", "sync", "schedule", "request", "cli"] as const;

export type Channel = (typeof CHANNELS)[number];

/** Where an action came from; recorded in its audit event. */
export type Origin = {
  /** The id in the response's `x-request-id`. */
  requestId: string;
  channel: Channel;
  ip: string | null;
  userAgent: string | null;
  /** The requested operation, such as `PUT /api/v1/numbers/1/flag`; every refusal records it. */
  asked?: string | undefined;
  /** Keeps the answer in the transaction of the change, for a retry with the same Idempotency-Key. */
  answerKeeper?: AnswerKeeper | undefined;
};

/** See lib/http/api/idempotency/. */
export type AnswerKeeper = {
  /** The statement that keeps the answer to a change with this result; null when there is none to keep. */
  toInsert: (result: unknown) => Prisma.Sql | null;
  /** The transaction of the change with this result was committed. */
  confirm: (result: unknown) => void;
};

/** Somebody who may know the password that a session began with. */
type PasswordMaker = { id: string; name: string; email: string };

/** A member of staff, signed in by session or personal token. */
export type PersonActor = {
  type: "person";
  id: string;
  email: string;
  name: string;
  role: Role;
  /** The person's session version when the actor was made; a write fails if it has changed since. */
  sessionVersion: number;
  /** The personal token used, if one was. */
  tokenId: string | null;
  /** The browser session used, if one was. */
  sessionId: string | null;
  /** The admin who set the password of this session, and so may be the one who signed in; else null. */
  passwordMaker: PasswordMaker | null;
  origin: Origin;
};

/** A program that uses a service token. */
type ServiceActor = {
  type: "service";
  /** The token's id. */
  id: string;
  name: string;
  scopes: readonly Scope[];
  origin: Origin;
};

/** The console itself: a command or a scheduled job. Only our code makes one, with just the permissions it needs. */
export type SystemActor = {
  type: "system";
  id: string;
  name: string;
  permissions: readonly Permission[];
  origin: Origin;
};

/** Who acts. The edges make it from credentials; it is never read from a request body. */
export type Actor = PersonActor | ServiceActor | SystemActor;
