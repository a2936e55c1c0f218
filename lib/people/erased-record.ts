import type { Person } from "../db/generated/client.ts";

/** Name and address in the record of somebody who was erased, made of their id, which the trail keeps. */
export function toErasedRecord({ id }: Pick<Person, "id">): { name: string; email: string } {
  const short = id.replaceAll("-", "").slice(-12);
  return { name: `Erased person ${short}`, email: `erased-${short}@erased.invalid` };
}
