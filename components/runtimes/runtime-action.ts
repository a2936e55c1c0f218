import type { Action } from "../actions/action.ts";

/** What can be done about an instance, each for a reason. */
export type RuntimeActionName = "dismiss" | "release";
export type RuntimeAction = Action<{ instanceId: string; reason: string }, { changed: boolean }>;
