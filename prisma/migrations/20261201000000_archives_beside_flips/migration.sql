-- AlterTable
ALTER TABLE "audit_archive" DROP CONSTRAINT "audit_archive_pkey",
ADD CONSTRAINT "audit_archive_pkey" PRIMARY KEY ("last_seq"),
ALTER COLUMN "by_seq" SET DEFAULT 0;


-- From here on by hand. What takes long (removing entries, gathering the flags) comes first in the
-- transaction, while flips go on; its tombstone last, which alone has to hold the ledger.
DROP TRIGGER "audit_event_has_its_archive" ON "audit_event";
DROP FUNCTION "audit_event_has_its_archive"();

-- Takes the oldest entries away, and notes itself what they were: nobody is asked for it.
CREATE OR REPLACE FUNCTION "audit_archive_take"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before public.audit_archive%ROWTYPE;
    gone record;
BEGIN
    LOCK TABLE public.audit_archive IN SHARE ROW EXCLUSIVE MODE;
    SELECT * INTO before FROM public.audit_archive ORDER BY last_seq DESC LIMIT 1;
    NEW.by_seq := 0;
    NEW.first_seq := coalesce(before.last_seq, 0) + 1;
    NEW.prev_hash := coalesce(before.last_hash, repeat('0', 64));
    NEW.flags := public.audit_flags_at(NEW.last_seq);
    NEW.flags_digest := encode(sha256(convert_to(NEW.flags, 'UTF8')), 'hex');
    SELECT e.hash, e.occurred_at INTO NEW.last_hash, NEW.last_at
    FROM public.audit_event e WHERE e.seq = NEW.last_seq;
    SELECT e.revision, e.hash INTO NEW.last_revision, NEW.last_revision_hash
    FROM public.audit_event e WHERE e.seq <= NEW.last_seq AND e.revision IS NOT NULL
    ORDER BY e.revision DESC LIMIT 1;
    NEW.last_revision := coalesce(NEW.last_revision, before.last_revision, 0);
    NEW.last_revision_hash := coalesce(NEW.last_revision_hash, before.last_revision_hash, repeat('0', 64));
    -- As they are when they leave: somebody in them may have become a pseudonym a moment ago.
    WITH leaving AS (
        DELETE FROM public.audit_event WHERE seq <= NEW.last_seq RETURNING occurred_at, restated_by
    )
    SELECT count(*) AS entries, max(occurred_at) AS youngest, max(restated_by) AS attested_by
    INTO gone FROM leaving;
    IF (NEW.last_seq >= NEW.first_seq
        AND gone.entries = NEW.last_seq - NEW.first_seq + 1
        AND gone.youngest < now() - interval '90 days'
        -- What a later entry attests leaves together with it.
        AND coalesce(gone.attested_by, 0) <= NEW.last_seq
        AND EXISTS (SELECT FROM public.audit_head h WHERE h.seq = NEW.last_seq AND h.hash = NEW.last_hash)
       ) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'audit_archive up to %: only the oldest entries leave the trail, signed, 90 days old, with the entry that tells of it', NEW.last_seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- The replay begins at the last archive; what was kept for those before it has served.
    UPDATE public.audit_archive SET flags = NULL WHERE flags IS NOT NULL;
    RETURN NEW;
END $$;

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

REVOKE INSERT ON "audit_archive" FROM "bsuid_console_app";
GRANT INSERT ("last_seq", "file", "file_digest") ON "audit_archive" TO "bsuid_console_app";
