-- An instance that falls silent is counted until somebody dismisses it, it says that it ends, or it is forgotten.
ALTER TABLE "runtime_instance"
    ADD COLUMN "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "dismissed_at" TIMESTAMPTZ(3),
    ADD COLUMN "closed_at" TIMESTAMPTZ(3),
    ADD COLUMN "refusal" JSONB;

-- A report far ahead in sequence or time decides nothing any more; those that did are forgotten here.
UPDATE "runtime_instance"
SET "last_sequence" = CASE WHEN "last_sequence" > extract(epoch FROM now()) * 1000 + 3600000 THEN -1 ELSE "last_sequence" END,
    "applied_at" = least("applied_at", now()), "state_at" = "last_heard_at";

-- The latest refused report of each token and name, for those who look at the page Runtimes. Measurements, too.
CREATE TABLE "refused_report" (
    "token_id" UUID NOT NULL,
    "instance_id" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "reports" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refused_report_pkey" PRIMARY KEY ("token_id", "instance_id")
);

ALTER TABLE "refused_report"
    ADD CONSTRAINT "refused_report_id_shape" CHECK ("instance_id" ~ '^[A-Za-z0-9._-]{0,64}$');

GRANT SELECT, INSERT, UPDATE, DELETE ON "refused_report" TO "bsuid_console_app";
