-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN "restated_by" BIGINT;

-- CreateTable
CREATE TABLE "audit_restatement" (
    "by_seq" BIGINT NOT NULL,
    "person_id" UUID NOT NULL,
    "events" JSONB NOT NULL,

    CONSTRAINT "audit_restatement_pkey" PRIMARY KEY ("by_seq")
);


-- From here on by hand. On legal demand a person's data in the trail gives way to a pseudonym:
-- together with an entry that attests the new content, and in no other way.
CREATE INDEX "audit_event_restated" ON "audit_event" ("restated_by") WHERE "restated_by" IS NOT NULL;

DROP TRIGGER "audit_event_only_grows" ON "audit_event";
CREATE TRIGGER "audit_event_only_grows" BEFORE DELETE OR TRUNCATE ON "audit_event"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('the audit trail only grows: entries are never changed or removed');
CREATE TRIGGER "audit_event_stays" BEFORE UPDATE ON "audit_event"
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1)
    EXECUTE FUNCTION "refuse_change"('the audit trail only grows: entries are never changed or removed');
CREATE TRIGGER "audit_event_begins_as_it_was" BEFORE INSERT ON "audit_event"
    FOR EACH ROW WHEN (NEW.restated_by IS NOT NULL)
    EXECUTE FUNCTION "refuse_change"('a new entry of the audit trail is not restated');

CREATE TRIGGER "audit_restatement_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_restatement"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('restatements stay as they are');

-- Whether JSON differs in nothing but values that became one of the pseudonym's.
CREATE FUNCTION "audit_only_pseudonyms_differ"(was jsonb, became jsonb, allowed jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (was IS NULL) = (became IS NULL) AND NOT EXISTS (
        SELECT FROM jsonb_each(coalesce(was, '{}')) o
        FULL JOIN jsonb_each(coalesce(became, '{}')) n ON n.key = o.key
        WHERE o.value IS NULL OR n.value IS NULL OR (n.value <> o.value AND NOT allowed @> n.value))
$$;

CREATE FUNCTION "audit_restate"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    attested public.audit_event%ROWTYPE;
    allowed jsonb;
    name text;
    email text;
BEGIN
    SELECT e.* INTO attested FROM public.audit_event e JOIN public.ledger l ON l.seq = e.seq
    WHERE e.seq = NEW.by_seq AND e.action = 'person.pseudonymised'
      AND e.target_type = 'person' AND e.target_id = NEW.person_id::text;
    name := attested.after ->> 'name';
    email := attested.after ->> 'email';
    allowed := jsonb_build_array(name, email);
    IF attested.seq IS NULL OR name IS NULL OR email IS NULL
       OR (attested.after ->> 'events')::bigint IS DISTINCT FROM jsonb_array_length(NEW.events)
       OR EXISTS (
            SELECT FROM jsonb_to_recordset(NEW.events) AS r(seq bigint, actor_email text, actor_name text,
                target_display text, before jsonb, after jsonb, ip text, user_agent text)
            LEFT JOIN public.audit_event e ON e.seq = r.seq
            WHERE e.seq IS NULL OR e.seq >= NEW.by_seq
               OR (r.actor_email IS DISTINCT FROM e.actor_email AND (e.actor_id <> NEW.person_id::text OR r.actor_email IS DISTINCT FROM email))
               OR (r.actor_name IS DISTINCT FROM e.actor_name AND (e.actor_id <> NEW.person_id::text OR r.actor_name IS DISTINCT FROM name))
               OR (r.ip IS DISTINCT FROM e.ip AND (e.actor_id <> NEW.person_id::text OR r.ip IS NOT NULL))
               OR (r.user_agent IS DISTINCT FROM e.user_agent AND (e.actor_id <> NEW.person_id::text OR r.user_agent IS NOT NULL))
               OR (r.target_display IS DISTINCT FROM e.target_display AND NOT coalesce(
                      (e.target_type = 'person' AND e.target_id = NEW.person_id::text AND r.target_display = name)
                      OR (e.target_type = 'session' AND e.actor_id = NEW.person_id::text AND r.target_display = 'Session'), false))
               OR NOT public.audit_only_pseudonyms_differ(e.before, r.before, allowed)
               OR NOT public.audit_only_pseudonyms_differ(e.after, r.after, allowed))
    THEN
        RAISE EXCEPTION 'audit_restatement %: only a person''s data gives way to a pseudonym, with the entry that attests it', NEW.by_seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE public.audit_event e
    SET actor_email = r.actor_email, actor_name = r.actor_name, target_display = r.target_display,
        before = r.before, after = r.after, ip = r.ip, user_agent = r.user_agent, restated_by = NEW.by_seq
    FROM jsonb_to_recordset(NEW.events) AS r(seq bigint, actor_email text, actor_name text,
        target_display text, before jsonb, after jsonb, ip text, user_agent text)
    WHERE e.seq = r.seq;
    RETURN NULL;
END $$;

CREATE TRIGGER "audit_restate" AFTER INSERT ON "audit_restatement"
    FOR EACH ROW EXECUTE FUNCTION "audit_restate"();

-- An entry that attests a restatement comes with it: no later one can take its place.
CREATE FUNCTION "audit_event_has_its_restatement"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.audit_restatement r WHERE r.by_seq = NEW.seq) THEN
        RAISE EXCEPTION 'audit_event %: a person becomes a pseudonym together with their entries', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_event_has_its_restatement" AFTER INSERT ON "audit_event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.action = 'person.pseudonymised')
    EXECUTE FUNCTION "audit_event_has_its_restatement"();

GRANT SELECT, INSERT ON "audit_restatement" TO "bsuid_console_app";
