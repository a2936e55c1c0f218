/** Stored data is lost, and the runtime goes on without it. The message is for the operator, and names nobody. */
export class StoreLoss extends Error {
  override name = "StoreLoss";
}
