import type { Scope } from "#lib/access/permissions.ts";
import type { Waiting } from "#lib/schedules/count-waiting.ts";
import type { Action } from "../actions/action.ts";

/** Undefined where it is not asked for. */
type OwnPassword = { password: string | undefined };
type NewSecret = { secret: string };

export type CreateToken = Action<
  | ({ kind: "service"; name: string; scopes: Scope[]; lifeDays: number } & OwnPassword)
  | ({ kind: "personal"; name: string; lifeDays: number } & OwnPassword),
  NewSecret
>;
export type RotateToken = Action<
  { tokenId: string; lifeDays: number; overlapHours: number } & OwnPassword,
  NewSecret
>;
export type RevokeToken = Action<
  { tokenId: string; reason: string },
  { changed: boolean; waiting: Waiting }
>;

/** The token that a dialog acts on. */
export type TargetToken = { id: string; name: string; kind: "service" | "personal" };

/** The lifetimes that are offered for a token. */
export const LIFE_DAYS = [7, 30, 90, 180, 365] as const;
export const USUAL_LIFE_DAYS = { service: 90, personal: 30 } as const;

/** The overlaps that are offered, during which the old token works beside the new one: 7 days at most. */
export const OVERLAP_HOURS = [0, 1, 24, 72, 168] as const;
export const USUAL_OVERLAP_HOURS = 24;
