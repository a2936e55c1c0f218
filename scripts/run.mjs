import { bootstrap } from "./bootstrap.mjs";

// node scripts/run.mjs SCRIPT.ts ARGUMENTS runs a TypeScript file of this folder on whatever Node is installed.
const [script, ...args] = process.argv.slice(2);
bootstrap(script, args);
