import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { readReadiness } from "../http/api/readiness.ts";
import { closeDatabase, db, setDatabase } from "./client.ts";
import { trailGuardProblems } from "./trail-guard.ts";

const database = useTestDatabase();

/** As the migration does in a database of one's own; a copy of a template has the server's rights anew. */
const REVOKE = `
  DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC', current_database());
  END $$`;

const connect = () => db().ledger.count();

test("a login that is only a member of the application's role can change nothing of the trail", async () => {
  await withClient(database.ownerUrl(), (owner) => owner.query(REVOKE));
  await connect();
  expect(trailGuardProblems()).toEqual([]);
  expect(readReadiness()).not.toHaveProperty("trailGuardProblems");
  for (const sql of ["CREATE TEMPORARY TABLE audit_event ()", "CREATE TABLE mine ()"]) {
    await expect(db().$executeRawUnsafe(sql)).rejects.toThrow("permission denied");
  }
});

test("a login that owns the trail's tables is reported, with the SQL that fixes it", async () => {
  await closeDatabase();
  setDatabase(database.ownerUrl());
  await connect();
  const problems = [expect.stringMatching(/owns the trail's tables.*IN ROLE bsuid_console_app/)];
  expect(trailGuardProblems()).toEqual(problems);
  expect(readReadiness()).toMatchObject({ trailGuardProblems: problems });
  await closeDatabase();
});

test("a database that lets everybody make temporary tables is reported", async () => {
  const grant = REVOKE.replace("REVOKE", "GRANT").replace("FROM", "TO");
  await withClient(database.ownerUrl(), (owner) => owner.query(grant));
  await connect();
  expect(trailGuardProblems()).toEqual([expect.stringMatching(/REVOKE TEMPORARY, CREATE ON/)]);
});
