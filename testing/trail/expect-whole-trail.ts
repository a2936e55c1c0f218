import { expect } from "vitest";
import { verifyTrail } from "#lib/audit/verify/verify-trail.ts";
import { aSystem } from "../factories.ts";

/** Fails unless the trail is whole, and replaying it gives the flags as they are. */
export async function expectWholeTrail(): Promise<void> {
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
}
