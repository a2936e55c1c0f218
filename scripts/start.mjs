import { bootstrap } from "./bootstrap.mjs";

bootstrap("serve.ts", process.argv.slice(2));
