import type { Permission } from "#lib/access/permissions.ts";

type Page = { segment: string; permission: Permission | null };

/** The navigation, with what each page takes; its first part of the address is also its message. */
export const NAVIGATION = [
  { segment: "numbers", permission: "number:read" },
  { segment: "runtimes", permission: "number:read" },
  { segment: "simulator", permission: "number:read" },
  { segment: "audit", permission: "audit:read" },
  { segment: "tokens", permission: null },
  { segment: "people", permission: "person:manage" },
  { segment: "settings", permission: "settings:read" },
] as const satisfies Page[];

/** Every page that is reached from everywhere: the navigation, and one's own. */
export const PAGES = [
  ...NAVIGATION,
  { segment: "account", permission: null },
] as const satisfies Page[];
