-- CreateTable
CREATE TABLE "runtime_instance" (
    "instance_id" TEXT NOT NULL,
    "token_id" UUID,
    "sdk" TEXT NOT NULL,
    "applied_cursor" TEXT NOT NULL,
    "applied_revision" BIGINT NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "last_sequence" BIGINT NOT NULL,
    "last_heard_at" TIMESTAMPTZ(3) NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "runtime_instance_pkey" PRIMARY KEY ("instance_id")
);

-- CreateTable
CREATE TABLE "report_receipt" (
    "instance_id" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "applied_revision" BIGINT NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_receipt_pkey" PRIMARY KEY ("instance_id","sequence")
);

-- CreateTable
CREATE TABLE "traffic_count" (
    "phone_number_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "phone_less_dropped" BIGINT NOT NULL DEFAULT 0,
    "phone_less_accepted" BIGINT NOT NULL DEFAULT 0,
    "phone_and_bsuid" BIGINT NOT NULL DEFAULT 0,
    "legacy" BIGINT NOT NULL DEFAULT 0,
    "unidentified" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "traffic_count_pkey" PRIMARY KEY ("phone_number_id","hour")
);

-- CreateIndex
CREATE INDEX "runtime_instance_last_heard_at_idx" ON "runtime_instance"("last_heard_at");

-- CreateIndex
CREATE INDEX "report_receipt_instance_id_applied_revision_applied_at_idx" ON "report_receipt"("instance_id", "applied_revision", "applied_at");

-- CreateIndex
CREATE INDEX "report_receipt_received_at_idx" ON "report_receipt" USING BRIN ("received_at");

-- CreateIndex
CREATE INDEX "traffic_count_hour_idx" ON "traffic_count" USING BRIN ("hour");


-- From here on by hand.

ALTER TABLE "runtime_instance"
    ADD CONSTRAINT "runtime_instance_id_shape" CHECK ("instance_id" ~ '^[A-Za-z0-9._-]{1,64}$');

ALTER TABLE "traffic_count"
    ADD CONSTRAINT "traffic_count_id_is_digits" CHECK ("phone_number_id" ~ '^[0-9]{1,32}$'),
    ADD CONSTRAINT "traffic_count_hour_is_whole" CHECK (date_trunc('hour', "hour", 'UTC') = "hour"),
    ADD CONSTRAINT "traffic_count_is_not_negative"
        CHECK (least("phone_less_dropped", "phone_less_accepted", "phone_and_bsuid", "legacy", "unidentified") >= 0);

-- What each number lost since some hour, without a look at the table; most rows lost nothing.
CREATE INDEX "traffic_count_lost" ON "traffic_count" ("hour", "phone_number_id")
    INCLUDE ("phone_less_dropped") WHERE "phone_less_dropped" > 0;

-- Measurements, not the trail: counts are added to, and old rows of all three are deleted
-- (lib/runtimes/forget-old-reports.ts). A receipt never changes.
GRANT SELECT, INSERT, UPDATE, DELETE ON "runtime_instance", "traffic_count" TO "bsuid_console_app";
GRANT SELECT, INSERT, DELETE ON "report_receipt" TO "bsuid_console_app";
