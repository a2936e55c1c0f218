-- Selections that were confirmed, and those of more numbers than one batch takes.

-- AlterTable
ALTER TABLE "selection"
    ADD COLUMN "total" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "part" INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN "next_cursor" TEXT,
    ADD COLUMN "confirmed_at" TIMESTAMPTZ(3),
    ADD COLUMN "batch_id" UUID,
    ADD COLUMN "request_id" UUID;

-- Kept answers name people, and so may what was searched for: ANALYZE takes no samples of them, which would
-- outlive the rows.
ALTER TABLE "selection" ALTER COLUMN "filter" SET STATISTICS 0;
ALTER TABLE "idempotency_key" ALTER COLUMN "body" SET STATISTICS 0;
