// Plain JavaScript that runs on whatever Node is on the machine: gets the Node, the packages and the
// generated code that the TypeScript needs, then runs it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { withLock } from "#lib/process-lock.mjs";
import {
  generatedMarker,
  installedMarker,
  isInstalled,
  NODE_PATH_CACHE,
  prismaCli,
  ROOT,
  readIfAny,
} from "./bootstrap-state.mjs";

const NODE_MAJOR = 24;
/**
 * Less memory at the same speed: a small space for new objects, since a request's objects are short-lived
 * (the default kept 32 MB resident), and two arenas of glibc instead of eight a core.
 */
const LEAN_ENGINE = ["--max-semi-space-size=4"];
const LEAN_ALLOCATOR = { MALLOC_ARENA_MAX: "2" };
const SET_UP_PATIENCE_MS = 2_000;
/** A program stops by itself within ten seconds; one that does not is killed. */
const PATIENCE_MS = 12_000;
let child = null;
let stoppedBy = null;
let isSetUp = false;

/** Runs a TypeScript file with Node 24 after all set-up. This process ends with the exit code of that one. */
export async function bootstrap(script, args, engineOptions = LEAN_ENGINE) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
  watchParent();
  try {
    const node = await findNode();
    await withLock(path.join(ROOT, ".cache", "set-up.lock"), tellWaiting, async () => {
      await installPackages(node);
      await generatePrismaClient(node);
    });
    isSetUp = true;
    const { code } = await run(
      node,
      [...engineOptions, path.join(ROOT, "scripts", script), ...args],
      {
        env: { ...LEAN_ALLOCATOR, ...withNodeFirst(node) },
        stdio: "inherit",
      },
    );
    process.exit(code);
  } catch (error) {
    if (stoppedBy) process.exit(128 + constants.signals[stoppedBy]);
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

function stop(signal) {
  stoppedBy = signal;
  child?.kill(signal);
  // npm can be slow to stop; the next start redoes what it leaves half done.
  setTimeout(() => child?.kill("SIGKILL"), isSetUp ? PATIENCE_MS : SET_UP_PATIENCE_MS).unref();
}

/** Stops when npm was killed, which leaves it no chance to forward a signal. */
function watchParent() {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop("SIGTERM");
  }, 500);
  timer.unref();
}

function tellWaiting(holder) {
  console.log(`Waiting for the set-up that process ${holder} is doing in this folder …`);
}

/** The path of this Node if it is new enough, else of one from the npm registry; npx would forward no signals. */
async function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath;
  const cached = readIfAny(NODE_PATH_CACHE);
  if (isNewEnough(cached)) return cached;

  const done = step(`Getting Node ${NODE_MAJOR} from npm (here is ${process.versions.node})`);
  const { command, args } = npmProgram(process.execPath, "npx");
  const wanted = ["-y", "-p", `node@${NODE_MAJOR}`, "-c", "node -p process.execPath"];
  const { output } = await run(command, [...args, ...wanted], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const node = output.trim().split("\n").pop();
  if (!isNewEnough(node)) {
    throw new Error(
      `The console needs Node ${NODE_MAJOR}, and npx could not bring one. Install Node ${NODE_MAJOR}, or check the network, and try again.`,
    );
  }
  mkdirSync(path.dirname(NODE_PATH_CACHE), { recursive: true });
  writeFileSync(NODE_PATH_CACHE, node);
  done();
  return node;
}

function isNewEnough(node) {
  if (!node || !existsSync(node)) return false;
  const asked = spawnSync(node, ["-p", "process.versions.node"], { encoding: "utf8" });
  return Number.parseInt(asked.stdout, 10) >= NODE_MAJOR;
}

async function installPackages(node) {
  const marker = installedMarker();
  if (isInstalled(marker)) return;
  const done = step("Installing packages (npm ci)");
  const { command, args } = npmProgram(node, "npm");
  const { code } = await run(command, [...args, "ci", "--no-audit", "--no-fund"], {
    cwd: ROOT,
    env: withNodeFirst(node),
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (code !== 0) {
    throw new Error(
      "The packages could not be installed; npm says above why. Correct that, or check the network, and try again.",
    );
  }
  writeFileSync(marker.file, marker.wanted);
  done();
}

/** npm's own script, to be run with the chosen Node so that it installs for that Node. */
function npmProgram(node, name) {
  const cli = process.env.npm_execpath;
  if (!cli || path.basename(cli) !== "npm-cli.js") return { command: name, args: [] };
  return { command: node, args: [path.join(path.dirname(cli), `${name}-cli.js`)] };
}

async function generatePrismaClient(node) {
  const marker = generatedMarker();
  if (readIfAny(marker.file) === marker.wanted) return;
  const done = step("Generating the Prisma client");
  const { code, output } = await run(node, [prismaCli(), "generate"], {
    cwd: ROOT,
    // `generate` does not use this engine, but downloads it unless this names a file.
    env: { ...withNodeFirst(node), PRISMA_SCHEMA_ENGINE_BINARY: node },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (code !== 0) throw new Error(`The Prisma client could not be generated:\n${output.trim()}`);
  writeFileSync(marker.file, marker.wanted);
  done();
}

/** Runs a program to its end; forwards the signals of this process. */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    child = spawn(command, args, options);
    if (stoppedBy) child.kill(stoppedBy);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", reject);
    child.on("close", (code, signal) => {
      child = null;
      if (stoppedBy && code !== 0) reject(new Error(`Stopped by ${stoppedBy}.`));
      else resolve({ code: code ?? 128 + constants.signals[signal], output });
    });
  });
}

function step(what) {
  console.log(`${what} …`);
  const startedAt = Date.now();
  return () => console.log(`  done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

function withNodeFirst(node) {
  return {
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}`,
  };
}
