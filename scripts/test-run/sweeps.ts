import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROLES } from "#lib/access/roles.ts";
import { SERVER_SETTINGS, SERVER_ZONE } from "#testing/database/server-settings.ts";
import { ROUNDS } from "#testing/rounds.ts";
import { ROOT } from "./run-check.ts";

/** A unit of a sweep's work, which is done or repeated as one. */
export type Step = {
  name: string;
  runner: "vitest" | "playwright";
  files: readonly string[];
  env: Readonly<Record<string, string>>;
};

export type Sweep = { about: string; steps: readonly Step[] };

/** The tests of races, which import testing/rounds.ts. */
const RACES = globSync("lib/**/*.test.ts", { cwd: ROOT })
  .filter((file) => readFileSync(path.join(ROOT, file), "utf8").includes("testing/rounds.ts"))
  .sort();
const FAULTS = ["lib/flags/faults", "lib/schedules/faults", "runtime/counts-over-a-kill.test.ts"];
const OVER_THE_DATABASE = [
  ...["lib/access", "lib/people", "lib/sessions", "lib/sign-in", "lib/tokens"],
  ...["lib/audit", "lib/flags", "lib/numbers", "lib/roster", "lib/runtimes", "lib/schedules"],
];
const WIDTHS = ["320", "768", "1100", "1440", "1920"];

/**
 * Tests that take too long for `npm test`, which runs a fixed part of each. A step takes minutes, so that an
 * interrupted sweep resumes near where it was.
 */
export const SWEEPS: Readonly<Record<string, Sweep>> = {
  races: {
    about: "two at once, 200 times",
    steps: RACES.map((file) => toVitest(file, [file], { [ROUNDS]: "200" })),
  },
  failover: {
    about: "processes, servers and connections killed, five times over",
    steps: [1, 2, 3, 4, 5].map((round) =>
      toVitest(`round ${round}`, FAULTS, { FAULT_WAITERS: "10000", FAULT_SCHEDULES: "1000" }),
    ),
  },
  volume: {
    about: "the largest roster that is taken",
    steps: [
      toVitest("200,000 lines", ["lib/roster/import-large.test.ts"], { SWEEP_LINES: "200000" }),
    ],
  },
  zones: {
    about: "everything over the database, under each of the servers' settings",
    steps: SERVER_SETTINGS.flatMap(({ TimeZone: zone }, index) =>
      OVER_THE_DATABASE.map((folder) =>
        toVitest(`${folder} in ${zone}`, [folder], { [SERVER_ZONE]: String(index) }),
      ),
    ),
  },
  pages: {
    about: "axe and overflow: every page, role, theme and width",
    steps: ROLES.flatMap((role) =>
      WIDTHS.map((width) => ({
        name: `${role} at ${width} px`,
        runner: "playwright" as const,
        files: ["e2e/accessibility.spec.ts"],
        env: { SWEEP_ROLE: role, SWEEP_WIDTH: width },
      })),
    ),
  },
  deploy: {
    about: "a page from before a deploy, with two real builds",
    steps: [
      {
        name: "two builds",
        runner: "playwright",
        files: ["e2e/sweeps/new-version.spec.ts"],
        env: { SWEEP_DEPLOY: "1" },
      },
    ],
  },
};

function toVitest(name: string, files: readonly string[], env: Step["env"] = {}): Step {
  return { name, runner: "vitest", files, env };
}
