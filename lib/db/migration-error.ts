/** A migration could not be applied. The message is a sentence for the operator. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

/** The database was made before the first release; no migration upgrades its schema. */
export class OldFormError extends MigrationError {
  override name = "OldFormError";
}
