/**
 * Engine options for each thread of the messaging runtime: 64 MB for new objects. A payload lives until its
 * webhook is delivered, and hundreds are under way: in a smaller space the collector would copy each of them.
 */
export const RUNTIME_ENGINE = ["--min-semi-space-size=64", "--max-semi-space-size=64"];
