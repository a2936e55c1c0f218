"use server";

import { dismissRuntime, dismissRuntimeSchema } from "#lib/runtimes/dismiss-runtime.ts";
import { releaseName, releaseNameSchema } from "#lib/runtimes/release-name.ts";
import { defineAction } from "../../define-action.ts";

/** Stops waiting for a silent runtime. */
export const dismissRuntimeAction = defineAction({
  permission: "runtime:dismiss",
  schema: dismissRuntimeSchema,
  run: dismissRuntime,
});

/** Releases a runtime's name: the next token that reports under it owns it. */
export const releaseNameAction = defineAction({
  permission: "runtime:release",
  schema: releaseNameSchema,
  run: releaseName,
});
