import type { Route } from "next";
import type { Segment } from "#components/shell/pages.ts";
import type { Permission } from "#lib/access/permissions.ts";

type Act = { act: string; href: Route; page: Segment; permission: Permission };

/** What can be begun from anywhere, with the page on which it is done and the permission it takes. */
export const ACTS = [
  { act: "ask", href: "/requests/new", page: "requests", permission: "request:create" },
  { act: "paste", href: "/numbers", page: "numbers", permission: "number:read" },
  { act: "verify", href: "/audit", page: "audit", permission: "audit:verify" },
  { act: "export", href: "/audit", page: "audit", permission: "audit:read" },
  { act: "invite", href: "/people", page: "people", permission: "person:manage" },
  { act: "endpoint", href: "/webhooks", page: "webhooks", permission: "webhook:manage" },
] as const satisfies readonly Act[];
