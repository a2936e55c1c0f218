import type { Act } from "../acts/act-result.ts";

/** What can be done about an instance, each for a reason. */
export type RuntimeActionName = "dismiss" | "release";
export type RuntimeAction = Act<{ instanceId: string; reason: string }, { changed: boolean }>;
