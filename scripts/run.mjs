import { bootstrap } from "./bootstrap.mjs";

// node scripts/run.mjs SCRIPT.ts ARGUMENTS: any TypeScript here, on whatever Node is installed.
const [script, ...args] = process.argv.slice(2);
bootstrap(script, args);
