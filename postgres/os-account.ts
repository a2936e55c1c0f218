import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The operating system's user that PostgreSQL runs as; null: the one of this process. */
export type Account = { name: string; uid: number; gid: number } | null;

const run = promisify(execFile);

const WAYS_TO_CREATE: [string, string[]][] = [
  ["useradd", ["--system", "--user-group", "--no-create-home", "postgres"]],
  ["adduser", ["-S", "-D", "-H", "postgres"]],
];

/** PostgreSQL refuses to run as root, so root runs it as `postgres`, created if missing, or else as `nobody`. */
export async function serverAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return null;
  const existing = await findAccount("postgres");
  if (existing) return existing;
  for (const [command, args] of WAYS_TO_CREATE) {
    const isMade = await run(command, args).then(
      () => true,
      () => false,
    );
    const made = isMade ? await findAccount("postgres") : null;
    if (made) return made;
  }
  const nobody = await findAccount("nobody");
  if (nobody) return nobody;
  throw new Error(
    "PostgreSQL does not run as root, and this machine has no user postgres and none could be made. Start the console as an ordinary user, or set DATABASE_URL.",
  );
}

async function findAccount(name: string): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { name, uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

/** Whether `account` can enter `directory`. Asks the operating system, so that ACLs and mounts count. */
export async function canEnter(account: Account, directory: string): Promise<boolean> {
  if (account === null) return true;
  const { uid, gid } = account;
  return await run("/bin/sh", ["-c", 'cd "$0"', directory], { uid, gid, cwd: "/" }).then(
    () => true,
    () => false,
  );
}
