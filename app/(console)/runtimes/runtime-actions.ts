"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { dismissRuntime } from "#lib/runtimes/dismiss-runtime.ts";
import { releaseName } from "#lib/runtimes/release-name.ts";
import { act } from "../../act.ts";

const inputSchema = z.strictObject({ instanceId: z.string(), reason: z.string() });

/** Stops waiting for a silent runtime. */
export async function dismissRuntimeAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ changed: boolean }>> {
  return await act(viewerId, (actor) => dismissRuntime(actor, parseInput(inputSchema, input)));
}

/** Lets a runtime's name go to whichever token reports under it next. */
export async function releaseNameAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ changed: boolean }>> {
  return await act(viewerId, (actor) => releaseName(actor, parseInput(inputSchema, input)));
}
