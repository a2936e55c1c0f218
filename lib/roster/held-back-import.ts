import { AppError } from "../errors.ts";

const MAX_NAMED = 3;

/** What a roster would do, and the parameter that would allow it. */
type HeldBack = {
  does: "switch off" | "retire";
  phoneNumberIds: readonly string[];
  parameter: "expectSwitchedOff" | "expectRetired";
  expected: number | undefined;
};

/** An import would switch off or retire more numbers than allowed or expected; nothing was imported. */
export class HeldBackImport extends AppError {
  override name = "HeldBackImport";
  readonly does: HeldBack["does"];
  readonly phoneNumberIds: readonly string[];
  readonly parameter: HeldBack["parameter"];

  constructor({ does, phoneNumberIds, parameter, expected }: HeldBack) {
    const count = phoneNumberIds.length;
    const first = phoneNumberIds.slice(0, MAX_NAMED).join(", ");
    const named = count > 0 ? ` (${first}${count > MAX_NAMED ? ", …" : ""})` : "";
    const notExpected = expected === undefined ? "" : `, not ${expected}`;
    super(
      "CONFLICT",
      `This roster would ${does} ${count} ${count === 1 ? "number" : "numbers"}${named}${notExpected}. Nothing was imported. Look at a dry run (dryRun=true); if that is meant, import it with ${parameter}=${count}.`,
    );
    this.does = does;
    this.phoneNumberIds = phoneNumberIds;
    this.parameter = parameter;
  }
}
