import { bootstrap } from "./bootstrap.mjs";
import { RUNTIME_ENGINE } from "./runtime-engine.mjs";

bootstrap("../runtime/main.ts", process.argv.slice(2), RUNTIME_ENGINE);
