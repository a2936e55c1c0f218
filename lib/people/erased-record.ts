import type { Person } from "../db/generated/client.ts";

/** The name and email of an erased person, made from their id, which stays in the trail. */
export function toErasedRecord({ id }: Pick<Person, "id">): { name: string; email: string } {
  const short = id.replaceAll("-", "").slice(-12);
  return { name: `Erased person ${short}`, email: `erased-${short}@erased.invalid` };
}
