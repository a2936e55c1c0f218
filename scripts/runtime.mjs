import { bootstrap } from "./bootstrap.mjs";

// With the engine's own space for new objects: a payload lives until it is on disk, and many are under way.
bootstrap("../runtime/main.ts", process.argv.slice(2), []);
