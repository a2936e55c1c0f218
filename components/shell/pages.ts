import type { Permission } from "#lib/access/permissions.ts";

type Page = { segment: string; permission: Permission | null };

/** What support works with all day. The segment is also the key of the page's name. */
const DESK = [
  { segment: "numbers", permission: "number:read" },
  { segment: "requests", permission: "desk:read" },
  { segment: "schedule", permission: "desk:read" },
] as const satisfies Page[];

const EVIDENCE = [
  { segment: "accounts", permission: "desk:read" },
  { segment: "runtimes", permission: "number:read" },
  { segment: "simulator", permission: "number:read" },
  { segment: "audit", permission: "audit:read" },
] as const satisfies Page[];

const ADMINISTRATION = [
  { segment: "people", permission: "person:manage" },
  { segment: "tokens", permission: null },
  { segment: "webhooks", permission: "webhook:manage" },
  { segment: "settings", permission: "settings:read" },
] as const satisfies Page[];

/** The navigation in groups, with the permission that each page takes. */
export const NAVIGATION = [DESK, EVIDENCE, ADMINISTRATION] as const;

export type Segment = (typeof NAVIGATION)[number][number]["segment"];

/** Every page with a link on all pages: the navigation, the notices and the account page. */
export const PAGES = [
  ...DESK,
  ...EVIDENCE,
  ...ADMINISTRATION,
  { segment: "notices", permission: null },
  { segment: "account", permission: null },
] as const satisfies Page[];
