-- AlterTable
ALTER TABLE "audit_verification" ADD COLUMN "again_first_seq" BIGINT,
ADD COLUMN "again_last_seq" BIGINT;
