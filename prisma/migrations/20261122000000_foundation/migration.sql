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
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "number_pkey" PRIMARY KEY ("phone_number_id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "password_hash" TEXT,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
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
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "revision" BIGINT NOT NULL DEFAULT 0,
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
    "actor_email" TEXT,
    "actor_name" TEXT NOT NULL,
    "actor_role" TEXT,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "target_display" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "ticket_url" TEXT,
    "revision" BIGINT,
    "request_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "on_behalf_of" JSONB,
    "batch_id" UUID,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
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
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "token_hash_key" ON "token"("hash");

-- CreateIndex
CREATE INDEX "token_person_id_idx" ON "token"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_id_key" ON "audit_event"("id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_revision_key" ON "audit_event"("revision");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_hash_key" ON "audit_event"("hash");

-- CreateIndex
CREATE INDEX "audit_event_target_type_target_id_seq_idx" ON "audit_event"("target_type", "target_id", "seq" DESC);

-- CreateIndex
CREATE INDEX "audit_event_actor_id_seq_idx" ON "audit_event"("actor_id", "seq" DESC);

-- CreateIndex
CREATE INDEX "audit_event_action_seq_idx" ON "audit_event"("action", "seq" DESC);

-- CreateIndex
CREATE INDEX "audit_event_occurred_at_seq_idx" ON "audit_event"("occurred_at", "seq");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number" ADD CONSTRAINT "number_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number" ADD CONSTRAINT "number_flag_changed_by_id_fkey" FOREIGN KEY ("flag_changed_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token" ADD CONSTRAINT "token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- From here on by hand: what the database itself guarantees.

-- Shapes that hold whoever writes.
ALTER TABLE "person"
    ADD CONSTRAINT "person_email_is_lower_case" CHECK ("email" = lower("email"));

ALTER TABLE "token"
    ADD CONSTRAINT "token_is_of_a_person_or_of_a_service"
        CHECK (("person_id" IS NULL) <> (coalesce(cardinality("scopes"), 0) = 0)),
    ADD CONSTRAINT "token_hash_is_sha256" CHECK ("hash" ~ '^[0-9a-f]{64}$');

ALTER TABLE "number"
    ADD CONSTRAINT "number_id_is_digits" CHECK ("phone_number_id" ~ '^[0-9]{1,32}$'),
    ADD CONSTRAINT "number_phone_is_e164" CHECK ("display_phone_number" ~ '^\+[1-9][0-9]{6,14}$'),
    ADD CONSTRAINT "number_retired_is_off" CHECK ("retired_at" IS NULL OR NOT "accepts_bsuid");

ALTER TABLE "audit_event"
    ADD CONSTRAINT "audit_event_outcome" CHECK ("outcome" IN ('success', 'denied', 'failed')),
    ADD CONSTRAINT "audit_event_actor" CHECK ("actor_type" IN ('person', 'service', 'system')),
    ADD CONSTRAINT "audit_event_channel" CHECK ("channel" IN ('ui', 'api', 'import', 'schedule', 'cli')),
    ADD CONSTRAINT "audit_event_hashes_are_sha256"
        CHECK ("hash" ~ '^[0-9a-f]{64}$' AND "prev_hash" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "audit_event_flag_change_says_why"
        CHECK ("revision" IS NULL
               OR ("outcome" = 'success' AND coalesce(char_length("reason"), 0) BETWEEN 5 AND 500));

-- Expressions, which Prisma's schema cannot say: the list's order, and phones by their ending
-- (people write them without the country code).
CREATE INDEX "number_label_order" ON "number" (lower("label"), "phone_number_id");
CREATE INDEX "number_phone_ending" ON "number" (reverse("display_phone_number") COLLATE "C");

-- Guarantee 3: one row, locked first by every audited write, bumped in it.
INSERT INTO "ledger" ("id") VALUES (1);

ALTER TABLE "ledger" ADD CONSTRAINT "ledger_is_one_row" CHECK ("id" = 1);

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER "ledger_moves_with_the_trail_only" BEFORE UPDATE ON "ledger"
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1)
    EXECUTE FUNCTION "refuse_change"('the ledger moves only with entries of audit_event');

CREATE TRIGGER "ledger_stays" BEFORE INSERT OR DELETE OR TRUNCATE ON "ledger"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('the ledger has one row, for ever');

-- Guarantee 2: the trail only grows.
CREATE TRIGGER "audit_event_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('the audit trail only grows: entries are never changed or removed');

-- Guarantee 4: entries continue the chain, and move the ledger. NOTIFY reaches the instances at commit.
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

-- Guarantees 1 and 5: a flag and the trail agree at every commit, in both directions.
CREATE FUNCTION "number_flag_has_its_event"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.accepts_bsuid IS NOT DISTINCT FROM OLD.accepts_bsuid
       OR NEW.flag_version IS DISTINCT FROM OLD.flag_version + 1
       OR NEW.flag_revision <= OLD.flag_revision
       OR NOT EXISTS (
            SELECT FROM public.audit_event e
            WHERE e.revision = NEW.flag_revision
              AND e.target_type = 'number'
              AND e.target_id = NEW.phone_number_id
              AND e.occurred_at = NEW.flag_changed_at
              AND CASE e.actor_type WHEN 'person' THEN e.actor_id END IS NOT DISTINCT FROM NEW.flag_changed_by_id::text
              AND e.action = CASE WHEN NEW.accepts_bsuid THEN 'flag.enabled' ELSE 'flag.disabled' END
              AND (e.before ->> 'acceptsBsuid')::boolean = OLD.accepts_bsuid
              AND (e.after ->> 'acceptsBsuid')::boolean = NEW.accepts_bsuid)
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

CREATE FUNCTION "audit_event_has_its_flag"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.action NOT IN ('flag.enabled', 'flag.disabled')
       OR NEW.target_type <> 'number'
       OR NOT EXISTS (
            SELECT FROM public.number n
            WHERE n.phone_number_id = NEW.target_id AND n.flag_revision >= NEW.revision)
    THEN
        RAISE EXCEPTION 'audit_event %: revision % changes no flag', NEW.seq, NEW.revision
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_event_has_its_flag" AFTER INSERT ON "audit_event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.revision IS NOT NULL)
    EXECUTE FUNCTION "audit_event_has_its_flag"();

-- A number begins phone-only, keeps its id, leaves by being retired, and never carries its
-- acceptance into another portfolio, where its customers have other BSUIDs.
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

-- What the application may do. Its connections take this role; migrations run as the owner,
-- who makes it, or whom a database administrator gave it.
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

GRANT USAGE ON SCHEMA "public" TO "bsuid_console_app";
GRANT SELECT, INSERT, UPDATE ON "account", "number", "person", "token" TO "bsuid_console_app";
GRANT SELECT, INSERT ON "audit_event" TO "bsuid_console_app";
-- UPDATE of the constant alone: enough for SELECT … FOR UPDATE, useless for moving the ledger.
GRANT SELECT, UPDATE ("id") ON "ledger" TO "bsuid_console_app";

DO $$
BEGIN
    IF to_regclass('"_prisma_migrations"') IS NOT NULL THEN
        GRANT SELECT ON "_prisma_migrations" TO "bsuid_console_app";
    END IF;
END $$;
