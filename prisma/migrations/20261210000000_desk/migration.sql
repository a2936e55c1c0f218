-- What the desk needs beyond one flip at once: requests, schedules, selections, accounts that need two
-- people, notices, answers that are kept for a retry. People stand in it by their ids alone.

-- AlterTable
ALTER TABLE "account"
    ADD COLUMN "needs_two_people" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "is_manager_from_roster" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "zone" TEXT;

-- CreateTable
CREATE TABLE "account_stand_in" (
    "account_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "account_stand_in_pkey" PRIMARY KEY ("account_id","person_id")
);

-- CreateTable
CREATE TABLE "change_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "state" TEXT NOT NULL DEFAULT 'open',
    "display" TEXT NOT NULL,
    "lifts_two_people_of_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "reason" TEXT NOT NULL,
    "ticket_url" TEXT,
    "checks" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "at" TIMESTAMPTZ(3),
    "local_time" TEXT,
    "zone" TEXT,
    "late_hours" INTEGER,
    "requested_by_id" UUID NOT NULL,
    "edited_by_id" UUID,
    "token_id" UUID,
    "session_id" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "why" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "batch_id" UUID,

    CONSTRAINT "change_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_request_item" (
    "request_id" UUID NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "accepts_bsuid" BOOLEAN NOT NULL,
    "flag_version" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,

    CONSTRAINT "change_request_item_pkey" PRIMARY KEY ("request_id","phone_number_id")
);

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "display" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "zone" TEXT NOT NULL,
    "local_time" TEXT NOT NULL,
    "late_hours" INTEGER,
    "is_bound" BOOLEAN NOT NULL DEFAULT true,
    "reason" TEXT NOT NULL,
    "ticket_url" TEXT,
    "author_id" UUID NOT NULL,
    "token_id" UUID,
    "session_id" UUID,
    "request_id" UUID,
    "after_id" UUID,
    "is_second_half" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "batch_id" UUID,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedule_item" (
    "schedule_id" UUID NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "accepts_bsuid" BOOLEAN NOT NULL,
    "flag_version" INTEGER NOT NULL,

    CONSTRAINT "schedule_item_pkey" PRIMARY KEY ("schedule_id","phone_number_id")
);

-- CreateTable
CREATE TABLE "forced_change" (
    "batch_id" UUID NOT NULL,
    "display" TEXT NOT NULL,
    "forced_by_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "forced_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_by_id" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "review" TEXT,

    CONSTRAINT "forced_change_pkey" PRIMARY KEY ("batch_id")
);

-- CreateTable
CREATE TABLE "selection" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "made_by_id" UUID NOT NULL,
    "filter" TEXT,
    "accepts_bsuid" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "selection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "selection_item" (
    "selection_id" UUID NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "flag_version" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "waba_id" TEXT NOT NULL,
    "is_excluded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "selection_item_pkey" PRIMARY KEY ("selection_id","phone_number_id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "person_id" UUID NOT NULL,
    "route" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "headers" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("person_id","route","key")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "muted_notice" (
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "muted_notice_pkey" PRIMARY KEY ("person_id","kind")
);

-- CreateIndex
CREATE INDEX "account_stand_in_person_id_idx" ON "account_stand_in"("person_id");

-- CreateIndex
CREATE INDEX "change_request_state_requested_at_idx" ON "change_request"("state", "requested_at");

-- CreateIndex
CREATE INDEX "change_request_requested_by_id_requested_at_idx" ON "change_request"("requested_by_id", "requested_at");

-- CreateIndex
CREATE INDEX "change_request_item_phone_number_id_idx" ON "change_request_item"("phone_number_id");

-- CreateIndex
CREATE INDEX "change_request_item_account_id_idx" ON "change_request_item"("account_id");

-- CreateIndex
CREATE INDEX "schedule_state_next_attempt_at_idx" ON "schedule"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "schedule_author_id_created_at_idx" ON "schedule"("author_id", "created_at");

-- CreateIndex
CREATE INDEX "schedule_request_id_idx" ON "schedule"("request_id");

-- CreateIndex
CREATE INDEX "schedule_after_id_idx" ON "schedule"("after_id");

-- CreateIndex
CREATE INDEX "schedule_item_phone_number_id_idx" ON "schedule_item"("phone_number_id");

-- CreateIndex
CREATE INDEX "forced_change_forced_at_idx" ON "forced_change"("forced_at");

-- CreateIndex
CREATE INDEX "selection_created_at_idx" ON "selection"("created_at");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "notice_person_id_kind_subject_key" ON "notice"("person_id", "kind", "subject");

-- CreateIndex
CREATE INDEX "notice_person_id_updated_at_idx" ON "notice"("person_id", "updated_at");

-- AddForeignKey
ALTER TABLE "account_stand_in" ADD CONSTRAINT "account_stand_in_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_stand_in" ADD CONSTRAINT "account_stand_in_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request" ADD CONSTRAINT "change_request_lifts_two_people_of_id_fkey" FOREIGN KEY ("lifts_two_people_of_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request" ADD CONSTRAINT "change_request_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request" ADD CONSTRAINT "change_request_edited_by_id_fkey" FOREIGN KEY ("edited_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request" ADD CONSTRAINT "change_request_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request_item" ADD CONSTRAINT "change_request_item_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "change_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request_item" ADD CONSTRAINT "change_request_item_phone_number_id_fkey" FOREIGN KEY ("phone_number_id") REFERENCES "number"("phone_number_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request_item" ADD CONSTRAINT "change_request_item_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "change_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_after_id_fkey" FOREIGN KEY ("after_id") REFERENCES "schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule_item" ADD CONSTRAINT "schedule_item_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule_item" ADD CONSTRAINT "schedule_item_phone_number_id_fkey" FOREIGN KEY ("phone_number_id") REFERENCES "number"("phone_number_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "forced_change" ADD CONSTRAINT "forced_change_forced_by_id_fkey" FOREIGN KEY ("forced_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "forced_change" ADD CONSTRAINT "forced_change_reviewed_by_id_fkey" FOREIGN KEY ("reviewed_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "selection" ADD CONSTRAINT "selection_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "selection_item" ADD CONSTRAINT "selection_item_selection_id_fkey" FOREIGN KEY ("selection_id") REFERENCES "selection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "selection_item" ADD CONSTRAINT "selection_item_phone_number_id_fkey" FOREIGN KEY ("phone_number_id") REFERENCES "number"("phone_number_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "muted_notice" ADD CONSTRAINT "muted_notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ─── Entries of the trail ──────────────────────────────────────────────────────────────────────

ALTER TABLE "audit_event"
    DROP CONSTRAINT "audit_event_channel",
    ADD CONSTRAINT "audit_event_channel"
        CHECK ("channel" IN ('ui', 'api', 'import', 'sync', 'schedule', 'request', 'cli'));

DROP INDEX "audit_event_other_channels";
CREATE INDEX "audit_event_other_channels" ON "audit_event" ("channel", "seq" DESC)
    WHERE "channel" IN ('import', 'sync', 'schedule', 'request', 'cli');

-- A batch is the entries that name it.
CREATE INDEX "audit_event_batch" ON "audit_event" ("batch_id", "seq") WHERE "batch_id" IS NOT NULL;


-- ─── Requests ──────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "change_request"
    ADD CONSTRAINT "change_request_state"
        CHECK ("state" IN ('open', 'approved', 'scheduled', 'declined', 'withdrawn', 'void', 'expired', 'failed')),
    -- Whoever writes: nobody approves what they asked for or last edited.
    ADD CONSTRAINT "change_request_takes_two_people"
        CHECK ("state" NOT IN ('approved', 'scheduled')
            OR ("decided_by_id" IS NOT NULL AND "decided_by_id" <> "requested_by_id"
                AND "decided_by_id" IS DISTINCT FROM "edited_by_id")),
    ADD CONSTRAINT "change_request_ends_once"
        CHECK (("ended_at" IS NULL) = ("state" IN ('open', 'scheduled')));

CREATE TRIGGER "change_request_end_is_final" BEFORE UPDATE ON "change_request"
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)
    EXECUTE FUNCTION "refuse_change"('the end of a request is final');

CREATE TRIGGER "change_request_stays" BEFORE DELETE OR TRUNCATE ON "change_request"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('requests are ended, never deleted');

-- Whoever writes: no request waits that names a number as it is not any more.
CREATE FUNCTION "number_ends_its_requests"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.change_request_item i
        JOIN public.change_request r ON r.id = i.request_id AND r.state IN ('open', 'scheduled')
        WHERE i.phone_number_id = NEW.phone_number_id
          AND (i.flag_version <> NEW.flag_version OR i.account_id <> NEW.account_id OR NEW.retired_at IS NOT NULL))
    THEN
        RAISE EXCEPTION 'number %: a request that waits names it as it was before; such a request becomes void in the same transaction', NEW.phone_number_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "number_ends_its_requests" AFTER UPDATE ON "number"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.flag_version, OLD.account_id, OLD.retired_at) IS DISTINCT FROM (NEW.flag_version, NEW.account_id, NEW.retired_at))
    EXECUTE FUNCTION "number_ends_its_requests"();


-- ─── Schedules ─────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "schedule"
    ADD CONSTRAINT "schedule_state" CHECK ("state" IN ('waiting', 'done', 'failed', 'cancelled')),
    ADD CONSTRAINT "schedule_ends_once" CHECK (("ended_at" IS NULL) = ("state" = 'waiting')),
    ADD CONSTRAINT "schedule_late_hours" CHECK ("late_hours" >= 0);

CREATE TRIGGER "schedule_end_is_final" BEFORE UPDATE ON "schedule"
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)
    EXECUTE FUNCTION "refuse_change"('the end of a schedule is final');

CREATE TRIGGER "schedule_stays" BEFORE DELETE OR TRUNCATE ON "schedule"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('schedules are ended, never deleted');


-- ─── Forced changes ────────────────────────────────────────────────────────────────────────────

ALTER TABLE "forced_change"
    ADD CONSTRAINT "forced_change_is_reviewed_by_another"
        CHECK ("reviewed_by_id" IS DISTINCT FROM "forced_by_id"),
    ADD CONSTRAINT "forced_change_review"
        CHECK (("reviewed_at" IS NULL) = ("reviewed_by_id" IS NULL));


-- ─── What the application may do ───────────────────────────────────────────────────────────────

GRANT SELECT, INSERT, UPDATE ON "change_request", "schedule", "schedule_item", "forced_change" TO "bsuid_console_app";
GRANT SELECT, INSERT ON "change_request_item" TO "bsuid_console_app";
GRANT SELECT, INSERT, UPDATE, DELETE ON "account_stand_in", "selection", "selection_item", "idempotency_key",
    "notice", "muted_notice" TO "bsuid_console_app";
