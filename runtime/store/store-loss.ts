/** Something that was kept is lost, and the runtime goes on without. The message is for the operator, and names nobody. */
export class StoreLoss extends Error {
  override name = "StoreLoss";
}
