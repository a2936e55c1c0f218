import type { Segment } from "../shell/pages.ts";

/** Which picture an option has: that of its page, or of what can be done. */
type JumpIcon = Segment | "notices" | "account" | "losing" | "list" | "person" | "act";

/** One place to go to, in words. */
export type JumpOption = {
  href: string;
  icon: JumpIcon;
  title: string;
  /** Under the title. */
  detail?: string;
  /** At the end: of amber, and as a state or as plain words. */
  loss?: string;
  flag?: { acceptsBsuid: boolean; retiredAt: string | null };
  note?: string;
};

export type JumpGroup = { title: string; options: JumpOption[] };

/** What was found for a text. */
export type Jumps = { q: string; groups: JumpGroup[] };
