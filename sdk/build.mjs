import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

// Builds JavaScript and declarations into dist/, since Node strips no types inside node_modules.
const folder = import.meta.dirname;
const typescript = path.dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
rmSync(path.join(folder, "dist"), { recursive: true, force: true });
execFileSync(
  process.execPath,
  [path.join(typescript, "bin", "tsc"), "-p", path.join(folder, "tsconfig.build.json")],
  { stdio: "inherit" },
);
