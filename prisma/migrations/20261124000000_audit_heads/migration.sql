-- CreateTable
CREATE TABLE "audit_head" (
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("seq","key_id","signed_at")
);


-- From here on by hand. Signed heads are guarded as the trail is: they are of an entry that is
-- there, and they stay.
CREATE TRIGGER "audit_head_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_head"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('signed heads stay as they are');

CREATE FUNCTION "audit_head_is_of_the_trail"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.audit_event e WHERE e.seq = NEW.seq AND e.hash = NEW.hash)
       OR (NEW.seq = 0 AND NEW.hash = repeat('0', 64))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_head: entry % with hash % is not in the trail', NEW.seq, NEW.hash
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER "audit_head_is_of_the_trail" BEFORE INSERT ON "audit_head"
    FOR EACH ROW EXECUTE FUNCTION "audit_head_is_of_the_trail"();

GRANT SELECT, INSERT ON "audit_head" TO "bsuid_console_app";
