import type { Scope } from "#lib/access/permissions.ts";
import type { Action } from "../actions/action.ts";

/** Where it is asked for. */
type OwnPassword = { password: string | undefined };
type Made = { secret: string };

export type CreateToken = Action<
  | ({ kind: "service"; name: string; scopes: Scope[]; lifeDays: number } & OwnPassword)
  | ({ kind: "personal"; name: string; lifeDays: number } & OwnPassword),
  Made
>;
export type RotateToken = Action<
  { tokenId: string; lifeDays: number; overlapHours: number } & OwnPassword,
  Made
>;
export type RevokeToken = Action<{ tokenId: string; reason: string }, { changed: boolean }>;

/** Which token a dialog is about. */
export type TargetToken = { id: string; name: string; kind: "service" | "personal" };

/** How long a token may be made to live. */
export const LIFE_DAYS = [7, 30, 90, 180, 365] as const;
export const USUAL_LIFE_DAYS = { service: 90, personal: 30 } as const;

/** How long the old token works beside the new one: 7 days at most. */
export const OVERLAP_HOURS = [0, 1, 24, 72, 168] as const;
export const USUAL_OVERLAP_HOURS = 24;
