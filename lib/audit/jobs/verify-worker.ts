import { workerData } from "node:worker_threads";
import { closeDatabase } from "../../db/client.ts";
import { logger } from "../../logger.ts";
import { newAuditKeeper } from "./audit-jobs.ts";
import type { VerifierTask } from "./verifier.ts";
import { verifyOnRequest } from "./verify-on-request.ts";
import { verifyOnSchedule } from "./verify-on-schedule.ts";

const { runId, isRequested }: VerifierTask = workerData;

// Runs in a thread of its own: hashing millions of entries would block every request.
try {
  const verify = isRequested ? verifyOnRequest : verifyOnSchedule;
  const report = await verify(newAuditKeeper(), runId);
  if (report?.isWhole === false) {
    const { seq, problem } = report;
    logger().error({ seq, problem }, "The audit trail is NOT whole.");
  }
  if (report?.isWhole && report.missingFiles?.length) {
    const files = report.missingFiles;
    logger().error({ files }, "Archives of the audit trail are not in AUDIT_ARCHIVE_DIR.");
  }
} finally {
  await closeDatabase();
}
