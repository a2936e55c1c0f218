import {
  Building2,
  CalendarClock,
  FlaskConical,
  Hash,
  Inbox,
  KeyRound,
  ScrollText,
  Server,
  Settings,
  Users,
  Webhook,
} from "../ui/icons.tsx";
import type { Segment } from "./pages.ts";

/** The picture of each page of the navigation. */
export const PAGE_ICONS = {
  numbers: Hash,
  requests: Inbox,
  schedule: CalendarClock,
  accounts: Building2,
  runtimes: Server,
  simulator: FlaskConical,
  audit: ScrollText,
  people: Users,
  tokens: KeyRound,
  webhooks: Webhook,
  settings: Settings,
} as const satisfies Record<Segment, unknown>;
