-- The database of the console, whole. First what schema.prisma says (`prisma migrate diff`), then
-- by hand what it cannot say: shapes, indexes of expressions, what the database itself guarantees,
-- and what the application's role may do.

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('support', 'account_manager', 'auditor', 'admin');

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "manager_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "number" (
    "phone_number_id" TEXT NOT NULL,
    "display_phone_number" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "waba_id" TEXT NOT NULL,
    "accepts_bsuid" BOOLEAN NOT NULL DEFAULT false,
    "flag_version" INTEGER NOT NULL DEFAULT 0,
    "flag_revision" BIGINT NOT NULL DEFAULT 0,
    "flag_changed_at" TIMESTAMPTZ(3),
    "flag_changed_by_id" UUID,
    "retired_at" TIMESTAMPTZ(3),
    "roster_revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "number_pkey" PRIMARY KEY ("phone_number_id")
);

-- CreateTable
CREATE TABLE "number_search" (
    "phone_number_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "number_search_pkey" PRIMARY KEY ("phone_number_id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "is_role_from_claim" BOOLEAN NOT NULL DEFAULT false,
    "open_id_issuer" TEXT,
    "open_id_subject" TEXT,
    "password_hash" TEXT,
    "is_password_temporary" BOOLEAN NOT NULL DEFAULT false,
    "password_made_by_id" UUID,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erasure_requested_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

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

    CONSTRAINT "refusal_window_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "token" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "person_id" UUID,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "last_used_user_agent" TEXT,
    "replaces_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "revision" BIGINT NOT NULL DEFAULT 0,
    "roster_revision" BIGINT NOT NULL DEFAULT 1,
    "head_hash" TEXT NOT NULL DEFAULT '0000000000000000000000000000000000000000000000000000000000000000',
    "revision_hash" TEXT NOT NULL DEFAULT '0000000000000000000000000000000000000000000000000000000000000000',

    CONSTRAINT "ledger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "schema" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_role" TEXT,
    "actor_identity" JSONB NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "target_display" JSONB NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "ticket_url" TEXT,
    "revision" BIGINT,
    "request_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "origin" JSONB NOT NULL,
    "on_behalf_of" JSONB,
    "batch_id" UUID,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_origin" (
    "origin" UUID NOT NULL DEFAULT gen_random_uuid(),
    "since_seq" BIGINT NOT NULL,

    CONSTRAINT "audit_origin_pkey" PRIMARY KEY ("origin")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "origin" UUID NOT NULL,
    "place" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "head_hash" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("origin","place")
);

-- CreateTable
CREATE TABLE "private_value" (
    "commitment" TEXT NOT NULL,
    "person_id" UUID,
    "holder" TEXT NOT NULL,
    "salt" TEXT,
    "value" JSONB,
    "erased_by" BIGINT,

    CONSTRAINT "private_value_pkey" PRIMARY KEY ("commitment")
);

-- CreateTable
CREATE TABLE "audit_archive" (
    "by_seq" BIGINT NOT NULL DEFAULT 0,
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "last_hash" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "last_revision" BIGINT NOT NULL,
    "last_revision_hash" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "file_digest" TEXT NOT NULL,
    "flags_digest" TEXT NOT NULL,
    "flags" TEXT,

    CONSTRAINT "audit_archive_pkey" PRIMARY KEY ("last_seq")
);

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
    "again_first_seq" BIGINT,
    "again_last_seq" BIGINT,
    "first_seq" BIGINT,
    "missing_files" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "took_ms" INTEGER NOT NULL,
    "asked_by_id" UUID,

    CONSTRAINT "audit_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_verification_run" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "run_id" UUID,
    "asked_by_id" UUID,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "begun_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "entries_read" BIGINT NOT NULL DEFAULT 0,
    "of_entries" BIGINT,
    "ended_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "audit_verification_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_head_delivery" (
    "day" DATE NOT NULL,
    "receiver" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_head_delivery_pkey" PRIMARY KEY ("day","receiver")
);

-- CreateTable
CREATE TABLE "audit_head_attempt" (
    "id" BIGSERIAL NOT NULL,
    "day" DATE NOT NULL,
    "receiver" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_head_attempt_pkey" PRIMARY KEY ("id")
);

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
    "state_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dismissed_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "refusal" JSONB,

    CONSTRAINT "runtime_instance_pkey" PRIMARY KEY ("instance_id")
);

-- CreateTable
CREATE TABLE "refused_report" (
    "token_id" UUID NOT NULL,
    "instance_id" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "reports" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refused_report_pkey" PRIMARY KEY ("token_id","instance_id")
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
CREATE UNIQUE INDEX "account_external_id_key" ON "account"("external_id");

-- CreateIndex
CREATE INDEX "account_manager_id_idx" ON "account"("manager_id");

-- CreateIndex
CREATE INDEX "number_account_id_idx" ON "number"("account_id");

-- CreateIndex
CREATE INDEX "number_portfolio_id_idx" ON "number"("portfolio_id");

-- CreateIndex
CREATE INDEX "number_flag_revision_idx" ON "number"("flag_revision");

-- CreateIndex
CREATE INDEX "number_flag_changed_by_id_idx" ON "number"("flag_changed_by_id");

-- CreateIndex
CREATE INDEX "number_roster_revision_phone_number_id_idx" ON "number"("roster_revision", "phone_number_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

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

-- CreateIndex
CREATE UNIQUE INDEX "token_hash_key" ON "token"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "token_replaces_id_key" ON "token"("replaces_id");

-- CreateIndex
CREATE INDEX "token_person_id_idx" ON "token"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_id_key" ON "audit_event"("id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_revision_key" ON "audit_event"("revision");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_hash_key" ON "audit_event"("hash");

-- CreateIndex
CREATE INDEX "audit_event_target_id_seq_idx" ON "audit_event"("target_id", "seq" DESC);

-- CreateIndex
CREATE INDEX "audit_event_actor_id_seq_idx" ON "audit_event"("actor_id", "seq" DESC);

-- CreateIndex
CREATE INDEX "audit_event_action_seq_idx" ON "audit_event"("action", "seq" DESC);

-- CreateIndex
CREATE INDEX "audit_event_occurred_at_seq_idx" ON "audit_event"("occurred_at", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "audit_origin_since_seq_key" ON "audit_origin"("since_seq");

-- CreateIndex
CREATE UNIQUE INDEX "audit_head_head_hash_key" ON "audit_head"("head_hash");

-- CreateIndex
CREATE INDEX "audit_head_seq_idx" ON "audit_head"("seq");

-- CreateIndex
CREATE INDEX "private_value_holder_idx" ON "private_value"("holder");

-- CreateIndex
CREATE INDEX "private_value_person_id_idx" ON "private_value"("person_id");

-- CreateIndex
CREATE INDEX "audit_archive_last_revision_idx" ON "audit_archive"("last_revision");

-- CreateIndex
CREATE INDEX "audit_head_attempt_day_receiver_begun_at_idx" ON "audit_head_attempt"("day", "receiver", "begun_at");

-- CreateIndex
CREATE INDEX "runtime_instance_last_heard_at_idx" ON "runtime_instance"("last_heard_at");

-- CreateIndex
CREATE INDEX "report_receipt_instance_id_applied_revision_applied_at_idx" ON "report_receipt"("instance_id", "applied_revision", "applied_at");

-- CreateIndex
CREATE INDEX "report_receipt_received_at_idx" ON "report_receipt" USING BRIN ("received_at");

-- CreateIndex
CREATE INDEX "traffic_count_hour_idx" ON "traffic_count" USING BRIN ("hour");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_verification" ADD CONSTRAINT "audit_verification_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_verification_run" ADD CONSTRAINT "audit_verification_run_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number" ADD CONSTRAINT "number_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number" ADD CONSTRAINT "number_flag_changed_by_id_fkey" FOREIGN KEY ("flag_changed_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_search" ADD CONSTRAINT "number_search_phone_number_id_fkey" FOREIGN KEY ("phone_number_id") REFERENCES "number"("phone_number_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_password_made_by_id_fkey" FOREIGN KEY ("password_made_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token" ADD CONSTRAINT "token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token" ADD CONSTRAINT "token_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "token"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "private_value" ADD CONSTRAINT "private_value_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ─── Shapes that hold whoever writes ───────────────────────────────────────────────────────────

ALTER TABLE "person"
    ADD CONSTRAINT "person_email_is_lower_case" CHECK ("email" = lower("email")),
    ADD CONSTRAINT "person_open_id_is_whole"
        CHECK (("open_id_issuer" IS NULL) = ("open_id_subject" IS NULL)),
    ADD CONSTRAINT "person_temporary_password_is_one"
        CHECK ("password_hash" IS NOT NULL OR NOT "is_password_temporary"),
    ADD CONSTRAINT "person_made_password_is_one"
        CHECK ("password_hash" IS NOT NULL OR "password_made_by_id" IS NULL);

ALTER TABLE "token"
    ADD CONSTRAINT "token_is_of_a_person_or_of_a_service"
        CHECK (("person_id" IS NULL) <> (coalesce(cardinality("scopes"), 0) = 0)),
    ADD CONSTRAINT "token_hash_is_sha256" CHECK ("hash" ~ '^[0-9a-f]{64}$');

ALTER TABLE "number"
    ADD CONSTRAINT "number_id_is_digits" CHECK ("phone_number_id" ~ '^[0-9]{1,32}$'),
    ADD CONSTRAINT "number_phone_is_e164" CHECK ("display_phone_number" ~ '^\+[1-9][0-9]{6,14}$'),
    ADD CONSTRAINT "number_retired_is_off" CHECK ("retired_at" IS NULL OR NOT "accepts_bsuid");

-- Entries never leave: one of a form that the verifier cannot read would be in its way for ever.

-- What stands for a value of a person: see "What entries commit to".
CREATE FUNCTION "is_commitment"(jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE jsonb_typeof($1) WHEN 'object' THEN
        $1 - '$private' = '{}' AND jsonb_typeof($1 -> '$private') = 'string'
        AND $1 ->> '$private' ~ '^[0-9a-f]{64}$' ELSE false END;

-- An object of exactly these names, each a text or null.
CREATE FUNCTION "is_open_value"(jsonb, VARIADIC names text[]) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN jsonb_typeof($1) IS NOT DISTINCT FROM 'object' AND $1 ?& names AND $1 - names = '{}'
        AND NOT jsonb_path_exists($1, 'strict $.* ? (@.type() != "string"&& @.type() != "null")');
END $$;

-- Texts, whole numbers, yes and no, null and commitments by name: no more levels, and no number that
-- programs read differently.
CREATE FUNCTION "are_audit_fields"(jsonb) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF $1 IS NULL THEN RETURN true; END IF;
    IF jsonb_typeof($1) <> 'object' THEN RETURN false; END IF;
    -- Most have texts, yes and no alone, and need no look at each.
    IF NOT jsonb_path_exists($1, 'strict $.* ? (@.type() == "object" || @.type() == "array" || @.type() == "number")') THEN
        RETURN true;
    END IF;
    RETURN NOT EXISTS (
        SELECT FROM jsonb_each($1) AS field
        WHERE NOT CASE jsonb_typeof(field.value)
            WHEN 'object' THEN public.is_commitment(field.value)
            WHEN 'array' THEN false
            WHEN 'number' THEN field.value::text ~ '^-?[0-9]{1,15}$'
            ELSE true END);
END $$;

-- A time that every program can read.
CREATE FUNCTION "is_usual_time"(timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN $1 >= timestamptz '2000-01-01 00:00:00Z' AND $1 < timestamptz '9999-01-01 00:00:00Z';

-- Whether it commits to people, and says nothing of them openly. A refusal that is about nobody is about a
-- permission, named as its id is.
CREATE FUNCTION "audit_event_is_well_formed"(e "audit_event") RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN e.schema = 1 AND public.is_usual_time(e.occurred_at)
        AND public.are_audit_fields(e.before) AND public.are_audit_fields(e.after)
        AND CASE e.actor_type
            WHEN 'person' THEN public.is_commitment(e.actor_identity)
                AND (public.is_commitment(e.origin) OR e.origin = '{"ip": null, "userAgent": null}')
            ELSE public.is_open_value(e.actor_identity, 'email', 'name')
                AND (public.is_commitment(e.origin) OR public.is_open_value(e.origin, 'ip', 'userAgent')) END
        AND (public.is_commitment(e.target_display)
            OR (jsonb_typeof(e.target_display) = 'string'
                AND (e.target_type <> 'person' OR e.action = 'person.erased' OR e.target_display = to_jsonb(e.target_id))))
        AND (e.on_behalf_of IS NULL
            OR (public.is_open_value(e.on_behalf_of - 'identity', 'id', 'role')
                AND coalesce(public.is_commitment(e.on_behalf_of -> 'identity'), false)));
END $$;

ALTER TABLE "audit_event"
    ADD CONSTRAINT "audit_event_begins_with_1" CHECK ("seq" > 0),
    ADD CONSTRAINT "audit_event_outcome" CHECK ("outcome" IN ('success', 'denied', 'failed')),
    ADD CONSTRAINT "audit_event_actor" CHECK ("actor_type" IN ('person', 'service', 'system')),
    ADD CONSTRAINT "audit_event_channel" CHECK ("channel" IN ('ui', 'api', 'import', 'schedule', 'cli')),
    ADD CONSTRAINT "audit_event_hashes_are_sha256"
        CHECK ("hash" ~ '^[0-9a-f]{64}$' AND "prev_hash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "audit_event_flag_change_says_why"
        CHECK ("revision" IS NULL
               OR ("outcome" = 'success' AND coalesce(char_length("reason"), 0) BETWEEN 5 AND 500));

ALTER TABLE "audit_verification"
    ADD CONSTRAINT "audit_verification_time"
        CHECK ("is_usual_time"("verified_at") AND ("head_signed_at" IS NULL OR "is_usual_time"("head_signed_at")));

ALTER TABLE "session"
    ADD CONSTRAINT "session_method" CHECK ("method" IN ('openid', 'password'));

ALTER TABLE "runtime_instance"
    ADD CONSTRAINT "runtime_instance_id_shape" CHECK ("instance_id" ~ '^[A-Za-z0-9._-]{1,64}$');

ALTER TABLE "traffic_count"
    ADD CONSTRAINT "traffic_count_id_is_digits" CHECK ("phone_number_id" ~ '^[0-9]{1,32}$'),
    ADD CONSTRAINT "traffic_count_hour_is_whole" CHECK (date_trunc('hour', "hour", 'UTC') = "hour"),
    ADD CONSTRAINT "traffic_count_is_not_negative"
        CHECK (least("phone_less_dropped", "phone_less_accepted", "phone_and_bsuid", "legacy", "unidentified") >= 0);

ALTER TABLE "refused_report"
    ADD CONSTRAINT "refused_report_id_shape" CHECK ("instance_id" ~ '^[A-Za-z0-9._-]{0,64}$');

ALTER TABLE "number_search" ALTER COLUMN "text" TYPE TEXT COLLATE "C";


-- ─── Indexes of expressions ────────────────────────────────────────────────────────────────────

-- The list's order.
CREATE INDEX "number_label_order" ON "number" (lower("label"), "phone_number_id");

-- The last seven digits of a phone, which all its spellings share, national and local ones too.
-- Numbers in pasted text are looked up by it, hundreds at once.
CREATE INDEX "number_last_digits" ON "number" (right("display_phone_number", 7));

-- What each number lost since some hour, without a look at the table; most rows lost nothing.
CREATE INDEX "traffic_count_lost" ON "traffic_count" ("hour", "phone_number_id")
    INCLUDE ("phone_less_dropped") WHERE "phone_less_dropped" > 0;

-- Most entries are successes by screen or API: an index is for the others.
CREATE INDEX "audit_event_failures" ON "audit_event" ("outcome", "seq" DESC) WHERE "outcome" <> 'success';

CREATE INDEX "audit_event_other_channels" ON "audit_event" ("channel", "seq" DESC)
    WHERE "channel" IN ('import', 'schedule', 'cli');

-- The words of a reason, in lower case. Not PostgreSQL's text search parser, which takes
-- "ACME-4711" for a word and a negative number. Longer words than a reason can have would be
-- refused by tsvector, and with them the event.
CREATE FUNCTION "audit_words"(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_remove(regexp_split_to_array(left(lower($1), 500), '[^[:alnum:]]+'), '');

-- Finds what has each word of the text; one with an asterisk behind it by its beginning. Each beginning
-- collects all entries of all its words first: with every word taken for one, a search with a
-- frequent word in it took seconds.
CREATE FUNCTION "audit_words_query"(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT string_agg(quote_literal(word[1]) || CASE word[2] WHEN '*' THEN ':*' ELSE '' END, ' & ')::tsquery
            FROM regexp_matches(left(lower($1), 500), '([[:alnum:]]+)(\*?)', 'g') AS word);

-- One index of all that an entry can be found by: the words of its reason, what it is filtered by,
-- and the stretch of 65,536 entries that it is in, so that any filters are intersected a stretch at a
-- time, from the trail's end. No word has a "#" or "=" in it. Longer lexemes than tsvector takes would
-- be refused, and with them the event.
CREATE FUNCTION "audit_terms"(
    "seq" bigint, "action" text, "outcome" text, "channel" text, "target_type" text,
    "actor_id" text, "reason" text
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector(array_remove(ARRAY[
        '#' || ("seq" >> 16)::text, 'action=' || "action", 'outcome=' || "outcome", 'channel=' || "channel",
        'type=' || "target_type", 'actor=' || left("actor_id", 400)
    ], NULL) || coalesce("audit_words"("reason"), '{}'));

-- What is pending is read through for each stretch of a search, so it is kept short.
CREATE INDEX "audit_event_terms" ON "audit_event" USING gin
    ("audit_terms"("seq", "action", "outcome", "channel", "target_type", "actor_id", "reason"))
    WITH (gin_pending_list_limit = 64);

-- Who has or had an e-mail address is looked for among the identities alone, of which there are few.
-- The index has no address in it.
CREATE INDEX "private_value_identities" ON "private_value" ("person_id") WHERE "holder" = "person_id"::text;


-- ─── The ledger: one row, locked first by every audited write, moved in it ─────────────────────

INSERT INTO "ledger" ("id") VALUES (1);

ALTER TABLE "ledger" ADD CONSTRAINT "ledger_is_one_row" CHECK ("id" = 1);

ALTER TABLE "audit_verification_run"
    ADD CONSTRAINT "audit_verification_run_is_one_row" CHECK ("id" = 1),
    ADD CONSTRAINT "audit_verification_run_begins_once" CHECK (("run_id" IS NULL) = ("begun_at" IS NULL)),
    ADD CONSTRAINT "audit_verification_run_failure"
        CHECK ("failure" IS NULL
            OR ("failure" IN ('stopped', 'locked', 'unavailable', 'failed') AND "ended_at" IS NOT NULL));

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- At every commit it is where the trail ends, whoever moved it.
CREATE FUNCTION "ledger_is_the_trails_end"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    head public.ledger%ROWTYPE;
BEGIN
    SELECT * INTO STRICT head FROM public.ledger WHERE id = 1;
    IF NOT EXISTS (SELECT FROM public.audit_event WHERE seq = head.seq AND hash = head.head_hash)
       OR EXISTS (SELECT FROM public.audit_event WHERE seq > head.seq)
       OR NOT (head.revision = 0
               OR EXISTS (SELECT FROM public.audit_event WHERE revision = head.revision AND hash = head.revision_hash)
               OR EXISTS (SELECT FROM public.audit_archive WHERE last_revision = head.revision AND last_revision_hash = head.revision_hash))
    THEN
        RAISE EXCEPTION 'the ledger moves only with entries of audit_event'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "ledger_is_the_trails_end" AFTER UPDATE ON "ledger"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.seq, OLD.head_hash, OLD.revision, OLD.revision_hash)
          IS DISTINCT FROM (NEW.seq, NEW.head_hash, NEW.revision, NEW.revision_hash))
    EXECUTE FUNCTION "ledger_is_the_trails_end"();

CREATE TRIGGER "ledger_stays" BEFORE INSERT OR DELETE OR TRUNCATE ON "ledger"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('the ledger has one row, for ever');


-- ─── The trail only grows ──────────────────────────────────────────────────────────────────────

-- One way leads around this, below: the owner takes old entries into an archive.
CREATE TRIGGER "audit_event_only_grows" BEFORE UPDATE OR TRUNCATE ON "audit_event"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('the audit trail only grows: entries are never changed or removed');

-- An entry leaves only when an archive has it: see below.
CREATE FUNCTION "audit_event_leaves_by_archive"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM gone WHERE NOT EXISTS (
            SELECT FROM public.audit_archive a WHERE gone.seq BETWEEN a.first_seq AND a.last_seq))
    THEN
        RAISE EXCEPTION 'the audit trail only grows: entries are never changed or removed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "audit_event_leaves_by_archive" AFTER DELETE ON "audit_event"
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_event_leaves_by_archive"();

-- Entries continue the chain, are of now, and move the ledger. NOTIFY reaches the instances at commit.
CREATE FUNCTION "audit_event_continue_chain"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head public.ledger%ROWTYPE;
    last public.audit_event%ROWTYPE;
    changes bigint;
BEGIN
    SELECT * INTO STRICT head FROM public.ledger WHERE id = 1 FOR UPDATE;
    IF EXISTS (
        SELECT FROM (
            SELECT a.seq, a.prev_hash, a.revision,
                   row_number() OVER by_seq AS place,
                   count(a.revision) OVER by_seq AS changes_so_far,
                   lag(a.hash, 1, head.head_hash) OVER by_seq AS hash_before
            FROM added a WINDOW by_seq AS (ORDER BY a.seq)
        ) e
        WHERE e.seq <> head.seq + e.place
           OR e.prev_hash <> e.hash_before
           OR e.revision <> head.revision + e.changes_so_far
    ) THEN
        RAISE EXCEPTION 'audit_event: the new entries do not continue the chain after entry % of revision %', head.seq, head.revision
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM added a WHERE public.audit_event_is_well_formed(a) IS NOT TRUE) THEN
        RAISE EXCEPTION 'audit_event: an entry has another form than the console gives it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- What waits for an entry's age (an erasure, an archive) would not wait for one that was dated back.
    -- The longest change takes some minutes; the ledger's time is read when it begins.
    IF EXISTS (
        SELECT FROM added a
        WHERE a.occurred_at NOT BETWEEN clock_timestamp() - interval '15 minutes' AND clock_timestamp() + interval '1 minute'
    ) THEN
        RAISE EXCEPTION 'audit_event: an entry is of the time at which it is written'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT * INTO last FROM added ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT count(revision) INTO changes FROM added;
    UPDATE public.ledger
    SET seq = last.seq, head_hash = last.hash, revision = head.revision + changes,
        revision_hash = coalesce(
            (SELECT hash FROM added WHERE revision IS NOT NULL ORDER BY revision DESC LIMIT 1),
            head.revision_hash)
    WHERE id = 1;
    IF changes > 0 THEN
        PERFORM pg_notify('flag_revision', (head.revision + changes)::text);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "audit_event_continue_chain" AFTER INSERT ON "audit_event"
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_event_continue_chain"();


-- ─── A flag and the trail agree at every commit, in both directions ────────────────────────────

-- A connection keeps the plan of a trigger's query, also one made while the trail was short: so by
-- key whatever the size, one condition that one index answers, and no scan.
CREATE FUNCTION "number_flag_has_its_event"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    e public.audit_event%ROWTYPE;
BEGIN
    SELECT * INTO e FROM public.audit_event WHERE revision = NEW.flag_revision;
    IF NOT FOUND
       OR NEW.accepts_bsuid IS NOT DISTINCT FROM OLD.accepts_bsuid
       OR NEW.flag_version IS DISTINCT FROM OLD.flag_version + 1
       OR NEW.flag_revision <= OLD.flag_revision
       OR (e.target_type = 'number'
           AND e.target_id = NEW.phone_number_id
           AND e.occurred_at = NEW.flag_changed_at
           AND CASE e.actor_type WHEN 'person' THEN e.actor_id END IS NOT DISTINCT FROM NEW.flag_changed_by_id::text
           AND e.action = CASE WHEN NEW.accepts_bsuid THEN 'flag.enabled' ELSE 'flag.disabled' END
           AND e.before -> 'acceptsBsuid' = to_jsonb(OLD.accepts_bsuid)
           AND e.after -> 'acceptsBsuid' = to_jsonb(NEW.accepts_bsuid)) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'number %: a flag changes only together with its audit event of the same revision', NEW.phone_number_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "number_flag_has_its_event" AFTER UPDATE ON "number"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.accepts_bsuid, OLD.flag_version, OLD.flag_revision, OLD.flag_changed_at, OLD.flag_changed_by_id)
          IS DISTINCT FROM (NEW.accepts_bsuid, NEW.flag_version, NEW.flag_revision, NEW.flag_changed_at, NEW.flag_changed_by_id))
    EXECUTE FUNCTION "number_flag_has_its_event"();

-- A number changes once in a transaction: an event that a later one of it overtook has no change.
CREATE FUNCTION "audit_event_has_its_flag"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    its_revision bigint;
BEGIN
    SELECT flag_revision INTO its_revision FROM public.number WHERE phone_number_id = NEW.target_id;
    IF NOT FOUND
       OR NEW.action NOT IN ('flag.enabled', 'flag.disabled')
       OR NEW.target_type <> 'number'
       OR its_revision <> NEW.revision
    THEN
        RAISE EXCEPTION 'audit_event %: revision % changes no flag', NEW.seq, NEW.revision
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_event_has_its_flag" AFTER INSERT ON "audit_event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.revision IS NOT NULL)
    EXECUTE FUNCTION "audit_event_has_its_flag"();


-- ─── What a number may become ──────────────────────────────────────────────────────────────────

-- It begins phone-only, keeps its id, leaves by being retired, and never carries its acceptance into
-- another portfolio, where its customers have other BSUIDs.
CREATE TRIGGER "number_begins_phone_only" BEFORE INSERT ON "number"
    FOR EACH ROW
    WHEN (NEW.accepts_bsuid OR NEW.flag_version <> 0 OR NEW.flag_revision <> 0
          OR NEW.flag_changed_at IS NOT NULL OR NEW.flag_changed_by_id IS NOT NULL)
    EXECUTE FUNCTION "refuse_change"('a number begins phone-only and without a flag history');

CREATE TRIGGER "number_keeps_its_id" BEFORE UPDATE ON "number"
    FOR EACH ROW WHEN (NEW.phone_number_id <> OLD.phone_number_id)
    EXECUTE FUNCTION "refuse_change"('a number keeps its phone_number_id');

CREATE TRIGGER "number_retires_once" BEFORE UPDATE ON "number"
    FOR EACH ROW WHEN (OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at)
    EXECUTE FUNCTION "refuse_change"('a retired number stays retired');

CREATE TRIGGER "number_portfolio_move_switches_off" BEFORE UPDATE ON "number"
    FOR EACH ROW WHEN (NEW.portfolio_id <> OLD.portfolio_id AND NEW.accepts_bsuid)
    EXECUTE FUNCTION "refuse_change"('a number that moves to another portfolio is switched off');

CREATE TRIGGER "number_stays" BEFORE DELETE OR TRUNCATE ON "number"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('numbers are retired, never deleted');


-- ─── The roster's order ────────────────────────────────────────────────────────────────────────

-- Every write of a number takes the next roster revision under the ledger's lock: so their order is that
-- of the commits, and who reads numbers in it misses none. One for each transaction, taken once, before
-- any row is locked: the ledger comes first, here too. The setting holds until the transaction ends; its
-- transaction is named in it, so that one set by hand counts for nothing.
CREATE FUNCTION "number_takes_roster_revision"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    own text := pg_current_xact_id()::text;
    taken bigint;
BEGIN
    IF split_part(coalesce(current_setting('bsuid.roster_revision', true), ''), ':', 1) <> own THEN
        UPDATE public.ledger SET roster_revision = roster_revision + 1 WHERE id = 1
        RETURNING roster_revision INTO STRICT taken;
        PERFORM set_config('bsuid.roster_revision', own || ':' || taken, true);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "number_takes_roster_revision" BEFORE INSERT OR UPDATE ON "number"
    FOR EACH STATEMENT EXECUTE FUNCTION "number_takes_roster_revision"();

CREATE FUNCTION "number_has_roster_revision"() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.roster_revision := split_part(current_setting('bsuid.roster_revision'), ':', 2)::bigint;
    RETURN NEW;
END $$;

CREATE TRIGGER "number_has_roster_revision" BEFORE INSERT OR UPDATE ON "number"
    FOR EACH ROW EXECUTE FUNCTION "number_has_roster_revision"();

-- A number says how its account is called, who manages that, and who changed its flag: with those it changes.
CREATE FUNCTION "account_moves_its_numbers"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved uuid[];
BEGIN
    SELECT array_agg(a.id) INTO moved FROM after a JOIN before b USING (id)
    WHERE (a.name, a.manager_id) IS DISTINCT FROM (b.name, b.manager_id);
    IF moved IS NOT NULL THEN
        UPDATE public.number SET roster_revision = 0 WHERE account_id = ANY (moved);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "account_moves_its_numbers" AFTER UPDATE ON "account"
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION "account_moves_its_numbers"();

CREATE FUNCTION "person_moves_their_numbers"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved uuid[];
BEGIN
    SELECT array_agg(a.id) INTO moved FROM after a JOIN before b USING (id)
    WHERE (a.name, a.email) IS DISTINCT FROM (b.name, b.email);
    IF moved IS NOT NULL THEN
        UPDATE public.number SET roster_revision = 0
        WHERE flag_changed_by_id = ANY (moved)
           OR account_id IN (SELECT id FROM public.account WHERE manager_id = ANY (moved));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "person_moves_their_numbers" AFTER UPDATE ON "person"
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION "person_moves_their_numbers"();


-- ─── What numbers are searched by ──────────────────────────────────────────────────────────────

-- Kept by the database itself, so that no writer can forget it, in a table of its own: a flip writes a
-- new row of the number, and would with it write some two hundred entries of this index.
--
-- The extension is trusted: CREATE on the database is enough to make it.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS "pg_trgm";
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION '% may not make the extension pg_trgm. Let a database administrator run, in this database: CREATE EXTENSION pg_trgm', quote_ident(current_user)
            USING ERRCODE = 'insufficient_privilege';
    WHEN undefined_file OR feature_not_supported THEN
        RAISE EXCEPTION 'this PostgreSQL has no extension pg_trgm. Install its contrib package (such as postgresql-contrib)'
            USING ERRCODE = 'feature_not_supported';
END $$;

-- As foldText of lib/fold-text.ts, whatever the server's locale and its rules for unaccent().
CREATE FUNCTION "fold_letters"(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN octet_length($1) = char_length($1) THEN lower($1 COLLATE "C")
        ELSE normalize(replace(replace(replace(replace(
            translate(
                lower($1 COLLATE "C"),
                'ЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϷϺϽϾϿςÆÐØÞĐĦŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎẞỺỼỾðøđħıłŧԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ‐‑‒–—―−⁄ʼ‘’‚‛“”„‟«»',
                'ђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωϗϙϛϝϟϡϸϻͻͼͽσædoþdhlŋœtɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏßỻỽỿdodhiltաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ-------/''''''''''""""""'),
            'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'), NFC)
    END;

CREATE FUNCTION "fold_text"(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN btrim(regexp_replace(
        "fold_letters"(CASE WHEN octet_length($1) = char_length($1) THEN $1
            ELSE regexp_replace(normalize($1, NFKD) COLLATE "C",
                '[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u17B4\u17B5\u180B-\u180F\u00AD\u061C\u0640\u115F\u1160\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\U000E0000-\U000E0FFF]', '', 'g')
        END),
        '[\t-\r \u0085\u1680\u2028\u2029]+', ' ', 'g'), ' ');

-- Everything people know a number by, a line each.
CREATE FUNCTION "number_search_text"("number" "number") RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (
        SELECT concat_ws(E'\n',
            public.fold_text("number".label), public.fold_text(a.name),
            public.fold_text(m.name), public.fold_text(m.email),
            "number".display_phone_number, "number".phone_number_id,
            "number".waba_id, "number".portfolio_id, public.fold_text(a.external_id))
        FROM public.account a LEFT JOIN public.person m ON m.id = a.manager_id
        WHERE a.id = "number".account_id);
END $$;

CREATE FUNCTION "number_search_add"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.number_search (phone_number_id, text)
    SELECT phone_number_id, public.number_search_text(added) FROM added;
    RETURN NULL;
END $$;

CREATE FUNCTION "number_search_follow_number"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.number_search SET text = public.number_search_text(NEW)
    WHERE phone_number_id = NEW.phone_number_id;
    RETURN NULL;
END $$;

CREATE FUNCTION "number_search_follow_account"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.number_search w SET text = public.number_search_text(n)
    FROM public.number n
    WHERE n.account_id = NEW.id AND w.phone_number_id = n.phone_number_id;
    RETURN NULL;
END $$;

CREATE FUNCTION "number_search_follow_person"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.number_search w SET text = public.number_search_text(n)
    FROM public.number n JOIN public.account a ON a.id = n.account_id
    WHERE a.manager_id = NEW.id AND w.phone_number_id = n.phone_number_id;
    RETURN NULL;
END $$;

CREATE TRIGGER "number_search_add" AFTER INSERT ON "number"
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION "number_search_add"();

CREATE TRIGGER "number_search_follow_number" AFTER UPDATE ON "number"
    FOR EACH ROW
    WHEN ((OLD."label", OLD."display_phone_number", OLD."account_id", OLD."waba_id", OLD."portfolio_id")
          IS DISTINCT FROM
          (NEW."label", NEW."display_phone_number", NEW."account_id", NEW."waba_id", NEW."portfolio_id"))
    EXECUTE FUNCTION "number_search_follow_number"();

CREATE TRIGGER "number_search_follow_account" AFTER UPDATE ON "account"
    FOR EACH ROW
    WHEN ((OLD."name", OLD."external_id", OLD."manager_id")
          IS DISTINCT FROM (NEW."name", NEW."external_id", NEW."manager_id"))
    EXECUTE FUNCTION "number_search_follow_account"();

CREATE TRIGGER "number_search_follow_person" AFTER UPDATE ON "person"
    FOR EACH ROW WHEN ((OLD."name", OLD."email") IS DISTINCT FROM (NEW."name", NEW."email"))
    EXECUTE FUNCTION "number_search_follow_person"();

-- The extension may have been made in another schema.
DO $$
BEGIN
    EXECUTE format('CREATE INDEX "number_search_text" ON "number_search" USING gin ("text" %I.gin_trgm_ops)',
        (SELECT nspname FROM pg_extension e JOIN pg_namespace s ON s.oid = e.extnamespace WHERE extname = 'pg_trgm'));
END $$;

-- By hand: where the database's ctype is C, pg_trgm knows no letter beyond ASCII, so that a word in
-- Cyrillic or Chinese was looked for by reading every text. Here each such sign stands as one letter
-- or digit, from U+2E80 on as two: many share one, so that what is found is compared with the text.
-- As toIndexedLetters of lib/numbers/indexed-letters.ts.
CREATE FUNCTION "search_letters"(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT string_agg(
            CASE WHEN octet_length(sign) = 1 THEN sign
                ELSE substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + ascii(sign) % 36, 1)
                    || CASE WHEN ascii(sign) < 11904 THEN ''
                        ELSE substr('abcdefghijklmnopqrstuvwxyz0123456789', 1 + ascii(sign) / 36 % 36, 1) END
            END, '' ORDER BY place)
        FROM string_to_table($1, NULL) WITH ORDINALITY AS signs(sign, place));

-- Of the texts that have any, only: most have none once they are folded. The extension may have been
-- made in another schema.
DO $$
BEGIN
    EXECUTE format('CREATE INDEX "number_search_letters" ON "number_search"
        USING gin ("search_letters"("text") COLLATE "C" %I.gin_trgm_ops)
        WHERE octet_length("text") <> char_length("text")',
        (SELECT nspname FROM pg_extension e JOIN pg_namespace s ON s.oid = e.extnamespace WHERE extname = 'pg_trgm'));
END $$;


-- ─── Signed heads, and what was found and done by the trail's jobs ─────────────────────────────

-- Heads are guarded as the trail is: they are of an entry that is there, follow the head before them,
-- and stay.
INSERT INTO "audit_origin" ("since_seq") VALUES (0);

CREATE TRIGGER "audit_origin_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_origin"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('origins of the trail stay as they are');

CREATE TRIGGER "audit_head_only_grows" BEFORE UPDATE OR TRUNCATE ON "audit_head"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('signed heads stay as they are');

-- Of days that are more than 30 days past, one head is kept: the last, and where an archive ends.
CREATE FUNCTION "audit_head_is_spare"("audit_head") RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
    RETURN $1.signed_at < date_trunc('day', now() - interval '30 days', 'UTC')
        AND EXISTS (SELECT FROM public.audit_head h
                    WHERE h.origin = $1.origin AND h.place > $1.place
                      AND date_trunc('day', h.signed_at, 'UTC') = date_trunc('day', $1.signed_at, 'UTC'))
        AND NOT EXISTS (SELECT FROM public.audit_archive a WHERE a.last_seq = $1.seq);

CREATE FUNCTION "audit_head_stays"() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF public.audit_head_is_spare(OLD) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'signed heads stay as they are' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER "audit_head_stays" BEFORE DELETE ON "audit_head"
    FOR EACH ROW EXECUTE FUNCTION "audit_head_stays"();

CREATE FUNCTION "audit_head_follows"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last public.audit_head%ROWTYPE;
BEGIN
    IF NOT public.is_usual_time(NEW.signed_at) THEN
        RAISE EXCEPTION 'audit_head: % is no time', NEW.signed_at USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT (EXISTS (SELECT FROM public.audit_event e WHERE e.seq = NEW.seq AND e.hash = NEW.hash)
            OR (NEW.seq = 0 AND NEW.hash = repeat('0', 64)))
    THEN
        RAISE EXCEPTION 'audit_head: entry % with hash % is not in the trail', NEW.seq, NEW.hash
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT * INTO last FROM public.audit_head WHERE origin = NEW.origin ORDER BY place DESC LIMIT 1;
    IF NEW.origin <> (SELECT origin FROM public.audit_origin ORDER BY since_seq DESC LIMIT 1)
       OR NEW.place <> coalesce(last.place, 0) + 1
       OR NEW.previous <> coalesce(last.head_hash, repeat('0', 64))
    THEN
        RAISE EXCEPTION 'audit_head: the head of entry % does not follow the one before', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER "audit_head_follows" BEFORE INSERT ON "audit_head"
    FOR EACH ROW EXECUTE FUNCTION "audit_head_follows"();

-- A new origin begins with the entry that tells of it, and that entry with it.
CREATE FUNCTION "audit_origin_has_its_event"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.audit_event e
        WHERE e.seq = NEW.since_seq AND e.action = 'audit.restored' AND e.outcome = 'success'
          AND e.after ->> 'origin' = NEW.origin::text)
    THEN
        RAISE EXCEPTION 'audit_origin %: no entry tells of it', NEW.origin
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_origin_has_its_event" AFTER INSERT ON "audit_origin"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "audit_origin_has_its_event"();

CREATE FUNCTION "audit_event_has_its_origin"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.audit_origin o WHERE o.since_seq = NEW.seq) THEN
        RAISE EXCEPTION 'audit_event %: only the owner of the database says that the trail was restored', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_event_has_its_origin" AFTER INSERT ON "audit_event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.action = 'audit.restored')
    EXECUTE FUNCTION "audit_event_has_its_origin"();

CREATE TRIGGER "audit_verification_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_verification"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('verifications stay as they are');

CREATE TRIGGER "audit_head_delivery_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_head_delivery"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('deliveries of heads stay as they are');

CREATE TRIGGER "audit_head_attempt_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_head_attempt"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('attempts to send heads stay as they are');


-- ─── What entries commit to ────────────────────────────────────────────────────────────────────

-- Values come whole, stay, and are emptied once, by the owner, together with the entry that tells of it.
ALTER TABLE "private_value"
    ADD CONSTRAINT "private_value_commitment_is_sha256" CHECK ("commitment" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "private_value_is_whole_or_erased"
        CHECK (("salt" IS NULL) = ("value" IS NULL) AND ("value" IS NULL) = ("erased_by" IS NOT NULL));

-- The RFC 8785 JSON of a value: names in order, no blanks, strings as PostgreSQL escapes them. Null for
-- what is none.
CREATE FUNCTION "private_value_json"("value" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN jsonb_typeof($1) = 'string' THEN $1::text
        WHEN public.is_open_value($1, 'email', 'name')
            THEN '{"email":' || ($1 -> 'email')::text || ',"name":' || ($1 -> 'name')::text || '}'
        WHEN public.is_open_value($1, 'ip', 'userAgent')
            THEN '{"ip":' || ($1 -> 'ip')::text || ',"userAgent":' || ($1 -> 'userAgent')::text || '}' END;

CREATE FUNCTION "commitment_of"(salt text, "value" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN encode(sha256(convert_to(
        '{"salt":' || to_jsonb($1)::text || ',"value":' || public.private_value_json($2) || '}', 'UTF8')), 'hex');

CREATE TRIGGER "private_value_begins_whole" BEFORE INSERT ON "private_value"
    FOR EACH ROW
    WHEN (NEW.erased_by IS NOT NULL OR NEW.commitment IS DISTINCT FROM "commitment_of"(NEW.salt, NEW.value))
    EXECUTE FUNCTION "refuse_change"('a private value begins whole, and gives its commitment');

CREATE TRIGGER "private_value_is_emptied_once" BEFORE UPDATE ON "private_value"
    FOR EACH ROW
    WHEN (OLD.erased_by IS NOT NULL OR NEW.erased_by IS NULL
          OR (OLD.commitment, OLD.person_id, OLD.holder) IS DISTINCT FROM (NEW.commitment, NEW.person_id, NEW.holder))
    EXECUTE FUNCTION "refuse_change"('private values stay as they are until they are erased');

CREATE TRIGGER "private_value_stays" BEFORE DELETE OR TRUNCATE ON "private_value"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('private values are emptied, never removed');

-- What an entry `person.erased` tells of: which values, by the SHA-256 of their commitments, sorted, one a line.
CREATE FUNCTION "audit_erasure_of"(seq bigint) RETURNS jsonb
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
    RETURN (
        SELECT jsonb_build_object('count', count(*), 'digest', encode(sha256(convert_to(
            coalesce(string_agg(p.commitment || E'\n', '' ORDER BY p.commitment COLLATE "C"), ''), 'UTF8')), 'hex'))
        FROM public.private_value p WHERE p.erased_by = seq);

CREATE FUNCTION "private_value_has_its_event"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.audit_event e
        WHERE e.seq = NEW.erased_by AND e.action = 'person.erased' AND e.outcome = 'success'
          AND e.target_type = 'person' AND e.target_id = NEW.person_id::text)
    THEN
        RAISE EXCEPTION 'private_value %: no entry tells of its erasure', NEW.commitment
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "private_value_has_its_event" AFTER UPDATE ON "private_value"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "private_value_has_its_event"();

CREATE FUNCTION "audit_event_has_its_erasure"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT coalesce(NEW.after @> public.audit_erasure_of(NEW.seq), false)
       OR NOT EXISTS (SELECT FROM public.private_value p WHERE p.erased_by = NEW.seq)
    THEN
        RAISE EXCEPTION 'audit_event %: a person is erased together with what the trail has of them', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_event_has_its_erasure" AFTER INSERT ON "audit_event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.action = 'person.erased')
    EXECUTE FUNCTION "audit_event_has_its_erasure"();

-- Whether a person's record says of an erasure what the last entry about it does: asked for by somebody
-- else, and then; withdrawn; done.
CREATE FUNCTION "person_erasure_is_told"(p "person") RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    e public.audit_event%ROWTYPE;
BEGIN
    SELECT * INTO e FROM public.audit_event
    WHERE target_id = p.id::text AND target_type = 'person' AND outcome = 'success'
      AND action IN ('person.erasure_requested', 'person.erasure_withdrawn', 'person.erased')
    ORDER BY seq DESC LIMIT 1;
    RETURN coalesce(CASE
        WHEN p.erased_at IS NOT NULL THEN e.action = 'person.erased' AND e.occurred_at = p.erased_at
        WHEN p.erasure_requested_at IS NULL THEN e.seq IS NULL OR e.action = 'person.erasure_withdrawn'
        ELSE e.action = 'person.erasure_requested' AND e.occurred_at = p.erasure_requested_at
            AND e.actor_id <> e.target_id AND p.disabled_at IS NOT NULL END, false);
END $$;

CREATE FUNCTION "person_has_its_erasure"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.person p WHERE p.id = NEW.id AND public.person_erasure_is_told(p)) THEN
        RAISE EXCEPTION 'person %: an erasure is asked for, withdrawn and done together with the entry that tells of it', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "person_has_its_erasure" AFTER UPDATE ON "person"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.erasure_requested_at, OLD.erased_at) IS DISTINCT FROM (NEW.erasure_requested_at, NEW.erased_at))
    EXECUTE FUNCTION "person_has_its_erasure"();

CREATE TRIGGER "person_begins_unerased" BEFORE INSERT ON "person"
    FOR EACH ROW WHEN (NEW.erasure_requested_at IS NOT NULL OR NEW.erased_at IS NOT NULL)
    EXECUTE FUNCTION "refuse_change"('nobody begins as somebody to be erased');

CREATE FUNCTION "audit_event_has_its_person"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.occurred_at < clock_timestamp() - interval '1 minute'
       OR NOT EXISTS (SELECT FROM public.person p WHERE p.id::text = NEW.target_id AND public.person_erasure_is_told(p))
    THEN
        RAISE EXCEPTION 'audit_event %: it tells of an erasure that the record of the person does not', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_event_has_its_person" AFTER INSERT ON "audit_event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.outcome = 'success'
          AND NEW.action IN ('person.erasure_requested', 'person.erasure_withdrawn', 'person.erased'))
    EXECUTE FUNCTION "audit_event_has_its_person"();


-- ─── Old entries leave into archives ───────────────────────────────────────────────────────────

-- The one exception to a trail that only grows, and the owner's act: the application's role may not. The
-- owner names every entry as it was read back from the file, and what the file is. What takes long
-- (removing entries, gathering the flags) comes first in the transaction, while flips go on; the entry
-- that tells of it (the tombstone) last, which alone has to hold the ledger.
CREATE TRIGGER "audit_archive_stays" BEFORE DELETE OR TRUNCATE ON "audit_archive"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('archives stay as they are');

-- But for its tombstone, told once, and for the flags of one that is not the last any more.
CREATE TRIGGER "audit_archive_stays_as_it_is" BEFORE UPDATE ON "audit_archive"
    FOR EACH ROW
    WHEN ((OLD.by_seq <> 0 AND OLD.by_seq <> NEW.by_seq)
          OR (NEW.flags IS NOT NULL AND NEW.flags IS DISTINCT FROM OLD.flags)
          OR (OLD.first_seq, OLD.last_seq, OLD.prev_hash, OLD.last_hash, OLD.last_at, OLD.last_revision,
              OLD.last_revision_hash, OLD.file, OLD.file_digest, OLD.flags_digest)
             IS DISTINCT FROM
             (NEW.first_seq, NEW.last_seq, NEW.prev_hash, NEW.last_hash, NEW.last_at, NEW.last_revision,
              NEW.last_revision_hash, NEW.file, NEW.file_digest, NEW.flags_digest))
    EXECUTE FUNCTION "refuse_change"('archives stay as they are');

-- Every flag that ever changed, as it was after an entry: a line `ID ACCEPTS VERSION REVISION SEQ`
-- for each number, by id. And every erasure of a person, which later values are checked by: a line
-- `erased SEQ PERSON COUNT DIGEST`. And every erasure that is asked for, which a later one follows from:
-- a line `asked PERSON TIME`. From the last archive's, and the entries since.
CREATE FUNCTION "audit_flags_at"(through_seq bigint) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH kept_lines AS (
        SELECT line
        FROM (SELECT flags FROM public.audit_archive ORDER BY by_seq DESC LIMIT 1) AS archive,
             unnest(string_to_array(archive.flags, E'\n')) AS line
        WHERE line <> ''
    ), erased AS (
        SELECT split_part(line, ' ', 2)::bigint AS seq, line FROM kept_lines WHERE line LIKE 'erased %'
        UNION ALL
        SELECT e.seq, concat_ws(' ', 'erased', e.seq, e.target_id, e.after ->> 'count', e.after ->> 'digest')
        FROM public.audit_event e WHERE e.action = 'person.erased' AND e.seq <= through_seq
    ), last_said AS (
        SELECT DISTINCT ON (person) person, at, is_asked FROM (
            SELECT split_part(line, ' ', 2) AS person, split_part(line, ' ', 3) AS at, true AS is_asked, 0 AS seq
            FROM kept_lines WHERE line LIKE 'asked %'
            UNION ALL
            SELECT e.target_id, to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                   e.action = 'person.erasure_requested' AND e.actor_id <> e.target_id, e.seq
            FROM public.audit_event e
            WHERE e.action IN ('person.erasure_requested', 'person.erasure_withdrawn', 'person.erased')
              AND e.target_type = 'person' AND e.outcome = 'success' AND e.seq <= through_seq
        ) AS said ORDER BY person, seq DESC
    ), kept AS (
        SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS accepts,
               split_part(line, ' ', 3)::bigint AS version, split_part(line, ' ', 4) AS revision,
               split_part(line, ' ', 5) AS seq
        FROM kept_lines WHERE line NOT LIKE 'erased %' AND line NOT LIKE 'asked %'
    ), changed AS (
        SELECT DISTINCT ON (target_id) target_id AS id, (after ->> 'acceptsBsuid')::boolean::int::text AS accepts,
               count(*) OVER (PARTITION BY target_id) AS version, revision::text AS revision, seq::text AS seq
        FROM public.audit_event WHERE revision IS NOT NULL AND audit_event.seq <= through_seq
        ORDER BY target_id, audit_event.seq DESC
    )
    SELECT coalesce(string_agg(
        concat_ws(' ', id, coalesce(changed.accepts, kept.accepts),
            coalesce(kept.version, 0) + coalesce(changed.version, 0),
            coalesce(changed.revision, kept.revision), coalesce(changed.seq, kept.seq)) || E'\n',
        '' ORDER BY id COLLATE "C"), '')
        || (SELECT coalesce(string_agg(line || E'\n', '' ORDER BY seq), '') FROM erased)
        || (SELECT coalesce(string_agg(concat_ws(' ', 'asked', person, at) || E'\n', '' ORDER BY person COLLATE "C"), '')
            FROM last_said WHERE is_asked)
    FROM kept FULL JOIN changed USING (id)
$$;

-- Takes the oldest entries away, and notes itself what they were.
CREATE FUNCTION "audit_archive_entries"(seqs bigint[], hashes text[], file text, file_digest text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before public.audit_archive%ROWTYPE;
    archive public.audit_archive%ROWTYPE;
    gone record;
BEGIN
    LOCK TABLE public.audit_archive IN SHARE ROW EXCLUSIVE MODE;
    SELECT * INTO before FROM public.audit_archive ORDER BY last_seq DESC LIMIT 1;
    archive.by_seq := 0;
    archive.first_seq := coalesce(before.last_seq, 0) + 1;
    archive.last_seq := seqs[cardinality(seqs)];
    archive.prev_hash := coalesce(before.last_hash, repeat('0', 64));
    archive.file := file;
    archive.file_digest := file_digest;
    archive.flags := public.audit_flags_at(archive.last_seq);
    archive.flags_digest := encode(sha256(convert_to(archive.flags, 'UTF8')), 'hex');
    SELECT e.hash, e.occurred_at INTO archive.last_hash, archive.last_at
    FROM public.audit_event e WHERE e.seq = archive.last_seq;
    SELECT e.revision, e.hash INTO archive.last_revision, archive.last_revision_hash
    FROM public.audit_event e WHERE e.seq <= archive.last_seq AND e.revision IS NOT NULL
    ORDER BY e.revision DESC LIMIT 1;
    archive.last_revision := coalesce(archive.last_revision, before.last_revision, 0);
    archive.last_revision_hash := coalesce(archive.last_revision_hash, before.last_revision_hash, repeat('0', 64));
    -- The replay begins at the last archive; what was kept for those before it has served.
    UPDATE public.audit_archive SET flags = NULL WHERE flags IS NOT NULL;
    INSERT INTO public.audit_archive SELECT archive.*;
    WITH leaving AS (
        DELETE FROM public.audit_event e WHERE e.seq <= archive.last_seq
        RETURNING e.seq, e.hash, e.occurred_at
    )
    SELECT count(*) AS entries, count(*) FILTER (WHERE leaving.hash = read.hash) AS agreed,
           max(occurred_at) AS youngest
    INTO gone FROM leaving LEFT JOIN unnest(seqs, hashes) AS read(seq, hash) USING (seq);
    IF (gone.entries = archive.last_seq - archive.first_seq + 1
        AND gone.agreed = gone.entries
        AND cardinality(seqs) = gone.entries
        AND gone.youngest < now() - interval '90 days'
        AND EXISTS (SELECT FROM public.audit_head h WHERE h.seq = archive.last_seq AND h.hash = archive.last_hash)
       ) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'audit_archive up to %: only the oldest entries leave the trail, as they were read back, signed and 90 days old', archive.last_seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

REVOKE ALL ON FUNCTION "audit_archive_entries"(bigint[], text[], text, text) FROM PUBLIC;

-- A tombstone tells of the archive of its transaction, and of nothing else.
CREATE FUNCTION "audit_event_tells_of_archive"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.audit_archive a SET by_seq = NEW.seq
    WHERE a.by_seq = 0
      AND NEW.outcome = 'success'
      AND NEW.after = jsonb_build_object(
            'firstSeq', a.first_seq, 'lastSeq', a.last_seq,
            'entries', a.last_seq - a.first_seq + 1,
            'prevHash', a.prev_hash, 'lastHash', a.last_hash,
            'lastAt', to_char(a.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'lastRevision', a.last_revision, 'lastRevisionHash', a.last_revision_hash,
            'file', a.file, 'fileDigest', a.file_digest, 'flagsDigest', a.flags_digest);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'audit_event %: it tells of an archive that is not there', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "audit_event_tells_of_archive" AFTER INSERT ON "audit_event"
    FOR EACH ROW WHEN (NEW.action = 'audit.archived')
    EXECUTE FUNCTION "audit_event_tells_of_archive"();

CREATE FUNCTION "audit_archive_has_its_event"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.audit_archive a WHERE a.last_seq = NEW.last_seq AND a.by_seq = 0) THEN
        RAISE EXCEPTION 'audit_archive up to %: entries leave the trail with the entry that tells of it', NEW.last_seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_archive_has_its_event" AFTER INSERT ON "audit_archive"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "audit_archive_has_its_event"();


-- ─── Sessions ──────────────────────────────────────────────────────────────────────────────────

-- An ended session stays ended, whoever writes.
CREATE TRIGGER "session_ends_once" BEFORE UPDATE ON "session"
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
    EXECUTE FUNCTION "refuse_change"('an ended session stays ended');


-- ─── What the application may do ───────────────────────────────────────────────────────────────

-- Its connections take this role; migrations run as the owner, who makes it, or whom a database
-- administrator gave it.
DO $$
BEGIN
    IF to_regrole('bsuid_console_app') IS NULL THEN
        CREATE ROLE "bsuid_console_app" NOLOGIN;
    END IF;
EXCEPTION
    -- Two databases of one cluster migrated at the same moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION '% may not make the role bsuid_console_app. Let a database administrator run: CREATE ROLE bsuid_console_app NOLOGIN; GRANT bsuid_console_app TO %', quote_ident(current_user), quote_ident(current_user)
            USING ERRCODE = 'insufficient_privilege';
END $$;

DO $$
DECLARE
    -- Since PostgreSQL 16 a role's maker is its member, and may still not take it.
    needed text := CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END;
BEGIN
    IF NOT pg_has_role(current_user, 'bsuid_console_app', needed) THEN
        EXECUTE format('GRANT "bsuid_console_app" TO %I', current_user);
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION '% may not take the role bsuid_console_app. Let a database administrator run: GRANT bsuid_console_app TO %', quote_ident(current_user), quote_ident(current_user)
            USING ERRCODE = 'insufficient_privilege';
END $$;

-- It makes no objects, not even temporary ones: nothing may stand in for what the triggers look at.
DO $$
BEGIN
    EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CREATE ON SCHEMA "public" FROM PUBLIC;
END $$;

GRANT USAGE ON SCHEMA "public" TO "bsuid_console_app";

GRANT SELECT, INSERT, UPDATE ON "account", "number", "person", "token" TO "bsuid_console_app";

GRANT SELECT, INSERT ON "audit_event", "private_value", "audit_head", "audit_head_attempt",
    "audit_head_delivery", "audit_verification" TO "bsuid_console_app";
GRANT USAGE ON SEQUENCE "audit_head_attempt_id_seq", "audit_verification_id_seq" TO "bsuid_console_app";
GRANT SELECT, INSERT, UPDATE ON "audit_verification_run" TO "bsuid_console_app";
GRANT SELECT ON "number_search", "audit_origin", "audit_archive" TO "bsuid_console_app";

-- UPDATE of the constant alone: enough for SELECT … FOR UPDATE, useless for moving the ledger.
GRANT SELECT, UPDATE ("id") ON "ledger" TO "bsuid_console_app";

-- Not the trail: old rows are deleted (lib/sign-in/forget-old-access.ts, lib/runtimes/forget-old-reports.ts).
-- A receipt never changes.
GRANT SELECT, INSERT, UPDATE, DELETE ON "session", "sign_in_failures", "refusal_window",
    "runtime_instance", "traffic_count", "refused_report" TO "bsuid_console_app";
GRANT SELECT, INSERT, DELETE ON "report_receipt" TO "bsuid_console_app";

DO $$
BEGIN
    IF to_regclass('"_prisma_migrations"') IS NOT NULL THEN
        GRANT SELECT ON "_prisma_migrations" TO "bsuid_console_app";
    END IF;
END $$;
