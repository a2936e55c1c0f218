import { closeDatabase } from "../../db/client.ts";
import { logger } from "../../logger.ts";
import { archiveTrail } from "../archive/archive-trail.ts";
import { newAuditKeeper } from "./audit-jobs.ts";
import { verifyOnSchedule } from "./verify-on-schedule.ts";

// A thread of its own: hashing millions of entries would have everybody else wait.
try {
  const report = await verifyOnSchedule(newAuditKeeper());
  if (report?.isWhole === false) {
    const { seq, problem } = report;
    logger().error({ seq, problem }, "The audit trail is NOT whole.");
  }
  if (report?.isWhole && report.missingFiles?.length) {
    const files = report.missingFiles;
    logger().warn({ files }, "Archives of the audit trail are not in AUDIT_ARCHIVE_DIR.");
  }
  for (const archive of (report?.isWhole && (await archiveTrail(newAuditKeeper()))) || []) {
    const { file, fileDigest, firstSeq, lastSeq } = archive;
    const entries = { firstSeq: Number(firstSeq), lastSeq: Number(lastSeq) };
    logger().info({ file, fileDigest, ...entries }, "Old entries left the audit trail.");
  }
} finally {
  await closeDatabase();
}
