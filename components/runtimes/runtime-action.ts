import type { Action } from "../actions/action.ts";

/** The actions on an instance, each of which takes a reason. */
export type RuntimeActionName = "dismiss" | "release";
export type RuntimeAction = Action<{ instanceId: string; reason: string }, { changed: boolean }>;
