-- CreateTable
CREATE TABLE "audit_verification" (
    "id" BIGSERIAL NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "is_full" BOOLEAN NOT NULL,
    "is_whole" BOOLEAN NOT NULL,
    "through_seq" BIGINT NOT NULL,
    "problem" TEXT,
    "head_seq" BIGINT,
    "head_signed_at" TIMESTAMPTZ(3),
    "head_key_id" TEXT,

    CONSTRAINT "audit_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_head_delivery" (
    "day" DATE NOT NULL,
    "receiver" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_head_delivery_pkey" PRIMARY KEY ("day","receiver")
);


-- From here on by hand: results stay as they are.
CREATE TRIGGER "audit_verification_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_verification"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('verifications stay as they are');
CREATE TRIGGER "audit_head_delivery_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_head_delivery"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('deliveries of heads stay as they are');

GRANT SELECT, INSERT ON "audit_verification", "audit_head_delivery" TO "bsuid_console_app";
GRANT USAGE ON SEQUENCE "audit_verification_id_seq" TO "bsuid_console_app";
