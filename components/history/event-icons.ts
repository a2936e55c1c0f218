import {
  Archive,
  Ban,
  CircleCheck,
  FileDown,
  Fingerprint,
  FolderArchive,
  History,
  KeyRound,
  LogIn,
  LogOut,
  type LucideIcon,
  Pencil,
  RotateCw,
  ShieldAlert,
  Smartphone,
  Upload,
  UserCheck,
  UserCog,
  UserPen,
  UserPlus,
  UserRoundMinus,
  UserX,
  VolumeX,
} from "lucide-react";
import type { AuditAction } from "#lib/audit/event.ts";

/**
 * Every action that can be shown. A new one does not compile until it has an icon here and, in
 * the message catalogue, a name in `event.action` and a sentence in `event.sentence`.
 */
export const EVENT_ICONS: Record<AuditAction, LucideIcon> = {
  "flag.enabled": CircleCheck,
  "flag.disabled": Smartphone,
  "number.updated": Pencil,
  "number.retired": Archive,
  "roster.imported": Upload,
  "person.created": UserPlus,
  "person.role_changed": UserCog,
  "person.renamed": UserPen,
  "person.disabled": UserX,
  "person.enabled": UserCheck,
  "person.identity_bound": Fingerprint,
  "person.identity_forgotten": Fingerprint,
  "person.password_reset": KeyRound,
  "person.password_changed": KeyRound,
  "person.pseudonymised": UserRoundMinus,
  "token.created": KeyRound,
  "token.revoked": Ban,
  "token.refused": Ban,
  "token.rotated": RotateCw,
  "runtime.dismissed": VolumeX,
  "runtime.released": KeyRound,
  "session.started": LogIn,
  "session.ended": LogOut,
  "session.ended_everywhere": LogOut,
  "access.denied": ShieldAlert,
  "audit.exported": FileDown,
  "audit.archived": FolderArchive,
  "audit.restored": History,
};

export const ACTIONS = Object.keys(EVENT_ICONS) as AuditAction[];
