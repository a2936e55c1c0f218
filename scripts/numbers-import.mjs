import { bootstrap } from "./bootstrap.mjs";

bootstrap("numbers-import.ts", process.argv.slice(2));
