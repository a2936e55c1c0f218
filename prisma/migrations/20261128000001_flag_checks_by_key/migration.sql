-- A connection keeps the plan of a trigger's query. One made while the trail was short scanned
-- it whole for each flip, and a change of 10,000 numbers took minutes. By key whatever the size:
-- one condition that one index answers, and no scan. What is checked is as before.
CREATE OR REPLACE FUNCTION "number_flag_has_its_event"() RETURNS trigger
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
           AND (e.before ->> 'acceptsBsuid')::boolean = OLD.accepts_bsuid
           AND (e.after ->> 'acceptsBsuid')::boolean = NEW.accepts_bsuid) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'number %: a flag changes only together with its audit event of the same revision', NEW.phone_number_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "audit_event_has_its_flag"() RETURNS trigger
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
