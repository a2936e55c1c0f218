import type { ClientBase } from "pg";

/** The login role of the console itself. Its rights come from the group role that the migrations make. */
export const APP_LOGIN = "console_app";

/** Creates the application's login role, or resets its password. For a cluster of our own, after the migrations. */
export async function ensureAppLogin(superuser: ClientBase, password: string): Promise<void> {
  const { rowCount } = await superuser.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [
    APP_LOGIN,
  ]);
  if (rowCount === 0) await superuser.query(`CREATE ROLE ${APP_LOGIN} LOGIN`);
  await superuser.query(`ALTER ROLE ${APP_LOGIN} PASSWORD ${superuser.escapeLiteral(password)}`);
  await superuser.query(`GRANT bsuid_console_app TO ${APP_LOGIN}`);
}
