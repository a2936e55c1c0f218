-- What reading, counting and forgetting notices needs, and what a person set for themselves.

-- AlterTable
ALTER TABLE "person"
    ADD COLUMN "zone" TEXT,
    ADD COLUMN "locale" TEXT;

-- CreateIndex
CREATE INDEX "notice_updated_at_idx" ON "notice"("updated_at");

-- Every page counts them.
CREATE INDEX "notice_unread" ON "notice"("person_id") WHERE "read_at" IS NULL;
