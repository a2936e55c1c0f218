import type { Permission } from "#lib/access/permissions.ts";

type Page = { segment: string; permission: Permission | null };

/** The navigation, with the permission that each page takes. The segment is also the key of its text. */
export const NAVIGATION = [
  { segment: "numbers", permission: "number:read" },
  { segment: "accounts", permission: "desk:read" },
  { segment: "requests", permission: "desk:read" },
  { segment: "schedule", permission: "desk:read" },
  { segment: "runtimes", permission: "number:read" },
  { segment: "simulator", permission: "number:read" },
  { segment: "audit", permission: "audit:read" },
  { segment: "tokens", permission: null },
  { segment: "webhooks", permission: "webhook:manage" },
  { segment: "people", permission: "person:manage" },
  { segment: "settings", permission: "settings:read" },
] as const satisfies Page[];

/** Every page with a link on all pages: the navigation, the notices and the account page. */
export const PAGES = [
  ...NAVIGATION,
  { segment: "notices", permission: null },
  { segment: "account", permission: null },
] as const satisfies Page[];
