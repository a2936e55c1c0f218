import { RUNTIME_ENGINE } from "../runtime/engine-options.mjs";
import { bootstrap } from "./bootstrap.mjs";

bootstrap("../runtime/main.ts", process.argv.slice(2), RUNTIME_ENGINE);
