/** Set by the sweep of zones to the place of one of these. */
export const SERVER_ZONE = "SWEEP_SERVER_ZONE";

/** How operators' servers are set: none of it may show in what the console does. */
export const SERVER_SETTINGS = [
  { TimeZone: "America/Sao_Paulo", DateStyle: "SQL, DMY", IntervalStyle: "sql_standard" },
  { TimeZone: "Asia/Kolkata", DateStyle: "Postgres, MDY", IntervalStyle: "postgres_verbose" },
  { TimeZone: "Pacific/Kiritimati", DateStyle: "German, DMY", IntervalStyle: "iso_8601" },
  { TimeZone: "America/St_Johns", DateStyle: "ISO, YMD", IntervalStyle: "postgres" },
] as const;

/** Each of vitest's workers runs under another zone and date style; a sweep says under which. */
export function serverSettings(): (typeof SERVER_SETTINGS)[number] {
  const { [SERVER_ZONE]: asked, VITEST_WORKER_ID: worker } = process.env;
  const place = Number(asked ?? worker ?? 0) % SERVER_SETTINGS.length;
  return SERVER_SETTINGS[place] ?? SERVER_SETTINGS[0];
}
