/**
 * The engine's options of the messaging runtime, in its threads each: 64 MB for new objects. A payload lives
 * until its webhook is delivered, and hundreds are under way: in a smaller space each would be copied.
 */
export const RUNTIME_ENGINE = ["--min-semi-space-size=64", "--max-semi-space-size=64"];
