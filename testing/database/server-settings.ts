/** The environment variable that the sweep of zones sets to an index of SERVER_SETTINGS. */
export const SERVER_ZONE = "SWEEP_SERVER_ZONE";

/** Settings of operators' servers, none of which may affect what the console does. */
export const SERVER_SETTINGS = [
  { TimeZone: "America/Sao_Paulo", DateStyle: "SQL, DMY", IntervalStyle: "sql_standard" },
  { TimeZone: "Asia/Kolkata", DateStyle: "Postgres, MDY", IntervalStyle: "postgres_verbose" },
  { TimeZone: "Pacific/Kiritimati", DateStyle: "German, DMY", IntervalStyle: "iso_8601" },
  { TimeZone: "America/St_Johns", DateStyle: "ISO, YMD", IntervalStyle: "postgres" },
] as const;

/** The settings of this vitest worker: each runs under another zone and date style; a sweep chooses one for all. */
export function serverSettings(): (typeof SERVER_SETTINGS)[number] {
  const { [SERVER_ZONE]: asked, VITEST_WORKER_ID: worker } = process.env;
  const index = Number(asked ?? worker ?? 0) % SERVER_SETTINGS.length;
  return SERVER_SETTINGS[index] ?? SERVER_SETTINGS[0];
}
