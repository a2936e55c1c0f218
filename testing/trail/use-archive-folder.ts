import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";

/** Configures archiving after 90 days into a folder that exists for this file's tests only. */
export function useArchiveFolder() {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "archives-"));
    process.env.AUDIT_RETENTION_DAYS = "90";
    process.env.AUDIT_ARCHIVE_DIR = folder;
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    get path() {
      return folder;
    },
    files: async () => (await readdir(folder)).sort(),
  };
}
