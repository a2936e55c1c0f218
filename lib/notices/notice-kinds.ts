import { ROLES } from "../access/roles.ts";
import type { Role } from "../db/generated/enums.ts";
import { every } from "../every.ts";

/** What people are told of; stored, so never renamed. */
export type NoticeKind =
  | "request.opened"
  | "request.outcome"
  | "schedule.done"
  | "schedule.failed"
  | "flag.required"
  | "flag.forced"
  | "audit.broken"
  | "webhook.switched_off";

export const NOTICE_KINDS = every<NoticeKind>()([
  "request.opened",
  "request.outcome",
  "schedule.done",
  "schedule.failed",
  "flag.required",
  "flag.forced",
  "audit.broken",
  "webhook.switched_off",
]);

/** Stands for what was too much in one hour; it has counts of the other kinds. */
export const DIGEST = "digest";

type KindRules = {
  /** Who may be told, and read it: a person who loses the role stops seeing it. */
  roles: readonly Role[];
  /** Whether its reader may switch it off. */
  canMute: boolean;
  /** Told whatever else there was in the hour. */
  isUrgent?: true;
};

const ASKING = ["support", "account_manager", "admin"] as const;

export const KIND_RULES: Readonly<Record<NoticeKind, KindRules>> = {
  "request.opened": { roles: ["support", "admin"], canMute: true },
  "request.outcome": { roles: ASKING, canMute: true },
  "schedule.done": { roles: ASKING, canMute: true },
  "schedule.failed": { roles: ASKING, canMute: false },
  "flag.required": { roles: ROLES, canMute: true },
  "flag.forced": { roles: ["admin"], canMute: false, isUrgent: true },
  "audit.broken": { roles: ["admin"], canMute: false, isUrgent: true },
  "webhook.switched_off": { roles: ["admin"], canMute: true },
};

/** The kinds that somebody of this role may be told of. */
export function listKinds(role: Role): NoticeKind[] {
  return NOTICE_KINDS.filter((kind) => KIND_RULES[kind].roles.includes(role));
}

export function isNoticeKind(value: string): value is NoticeKind {
  return Object.hasOwn(KIND_RULES, value);
}
