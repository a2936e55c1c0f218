-- CreateTable
CREATE TABLE "audit_head_attempt" (
    "id" BIGSERIAL NOT NULL,
    "day" DATE NOT NULL,
    "receiver" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_head_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_head_attempt_day_receiver_begun_at_idx" ON "audit_head_attempt"("day", "receiver", "begun_at");

-- From here on by hand: attempts stay as they are.
CREATE TRIGGER "audit_head_attempt_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_head_attempt"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('attempts to send heads stay as they are');

GRANT SELECT, INSERT ON "audit_head_attempt" TO "bsuid_console_app";
GRANT USAGE ON SEQUENCE "audit_head_attempt_id_seq" TO "bsuid_console_app";
