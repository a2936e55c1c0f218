-- A number changes once in a transaction: an event that a later one of the same transaction
-- overtook had no change of its own, and was taken all the same.
CREATE OR REPLACE FUNCTION "audit_event_has_its_flag"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.action NOT IN ('flag.enabled', 'flag.disabled')
       OR NEW.target_type <> 'number'
       OR NOT EXISTS (
            SELECT FROM public.number n
            WHERE n.phone_number_id = NEW.target_id AND n.flag_revision = NEW.revision)
    THEN
        RAISE EXCEPTION 'audit_event %: revision % changes no flag', NEW.seq, NEW.revision
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
