-- Sign-in by OpenID Connect, sessions that can be listed and ended, and what slows guessing down.

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "is_role_from_claim" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "open_id_issuer" TEXT,
ADD COLUMN     "open_id_subject" TEXT;

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "session_version" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_failures" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "blocked_until" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_failures_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "refusal_window" (
    "key" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "repeats" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "refusal_window_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_open_id_issuer_open_id_subject_key" ON "person"("open_id_issuer", "open_id_subject");

-- CreateIndex
CREATE INDEX "session_person_id_created_at_idx" ON "session"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE INDEX "sign_in_failures_last_at_idx" ON "sign_in_failures"("last_at");

-- CreateIndex
CREATE INDEX "refusal_window_started_at_idx" ON "refusal_window"("started_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- From here on by hand.

ALTER TABLE "person"
    ADD CONSTRAINT "person_open_id_is_whole"
        CHECK (("open_id_issuer" IS NULL) = ("open_id_subject" IS NULL));

ALTER TABLE "session"
    ADD CONSTRAINT "session_method" CHECK ("method" IN ('openid', 'password'));

-- An ended session stays ended, whoever writes.
CREATE TRIGGER "session_ends_once" BEFORE UPDATE ON "session"
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
    EXECUTE FUNCTION "refuse_change"('an ended session stays ended');

-- Old rows of all three are deleted (lib/access/forget-old-access.ts); none is the trail.
GRANT SELECT, INSERT, UPDATE, DELETE ON "session", "sign_in_failures", "refusal_window" TO "bsuid_console_app";
