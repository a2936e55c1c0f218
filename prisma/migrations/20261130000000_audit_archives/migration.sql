-- CreateTable
CREATE TABLE "audit_archive" (
    "by_seq" BIGINT NOT NULL,
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

    CONSTRAINT "audit_archive_pkey" PRIMARY KEY ("by_seq")
);

-- CreateIndex
CREATE INDEX "audit_archive_last_revision_idx" ON "audit_archive"("last_revision");


-- From here on by hand. Old entries leave the trail by one way: a row here, which names them, with
-- an entry of the same transaction that says the same (the tombstone).
DROP TRIGGER "audit_event_only_grows" ON "audit_event";
CREATE TRIGGER "audit_event_only_grows" BEFORE TRUNCATE ON "audit_event"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('the audit trail only grows: entries are never changed or removed');
CREATE TRIGGER "audit_event_leaves_by_archive" BEFORE DELETE ON "audit_event"
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1)
    EXECUTE FUNCTION "refuse_change"('the audit trail only grows: entries are never changed or removed');

CREATE TRIGGER "audit_archive_stays" BEFORE DELETE OR TRUNCATE ON "audit_archive"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"('archives stay as they are');
CREATE TRIGGER "audit_archive_stays_as_it_is" BEFORE UPDATE ON "audit_archive"
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1)
    EXECUTE FUNCTION "refuse_change"('archives stay as they are');

-- Every flag that ever changed, as it was after an entry: a line `ID ACCEPTS VERSION REVISION SEQ`
-- for each number, by id. From the last archive's, and the entries since.
CREATE FUNCTION "audit_flags_at"(through_seq bigint) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH kept AS (
        SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS accepts,
               split_part(line, ' ', 3)::bigint AS version, split_part(line, ' ', 4) AS revision,
               split_part(line, ' ', 5) AS seq
        FROM (SELECT flags FROM public.audit_archive ORDER BY by_seq DESC LIMIT 1) AS archive,
             unnest(string_to_array(archive.flags, E'\n')) AS line
        WHERE line <> ''
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
    FROM kept FULL JOIN changed USING (id)
$$;

CREATE FUNCTION "audit_archive_take"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before public.audit_archive%ROWTYPE;
    tombstone public.audit_event%ROWTYPE;
    flip public.audit_event%ROWTYPE;
    last public.audit_event%ROWTYPE;
BEGIN
    SELECT e.* INTO tombstone FROM public.ledger l JOIN public.audit_event e ON e.seq = l.seq
    WHERE l.id = 1 FOR UPDATE OF l;
    SELECT * INTO before FROM public.audit_archive ORDER BY by_seq DESC LIMIT 1;
    SELECT * INTO last FROM public.audit_event WHERE seq = NEW.last_seq;
    SELECT * INTO flip FROM public.audit_event
    WHERE seq <= NEW.last_seq AND revision IS NOT NULL ORDER BY revision DESC LIMIT 1;
    IF (tombstone.seq = NEW.by_seq
        AND tombstone.action = 'audit.archived'
        AND tombstone.outcome = 'success'
        AND tombstone.after = jsonb_build_object(
            'firstSeq', NEW.first_seq, 'lastSeq', NEW.last_seq,
            'entries', NEW.last_seq - NEW.first_seq + 1,
            'prevHash', NEW.prev_hash, 'lastHash', NEW.last_hash,
            'lastAt', to_char(NEW.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'lastRevision', NEW.last_revision, 'lastRevisionHash', NEW.last_revision_hash,
            'file', NEW.file, 'fileDigest', NEW.file_digest, 'flagsDigest', NEW.flags_digest)
        AND NEW.first_seq = coalesce(before.last_seq, 0) + 1
        AND NEW.prev_hash = coalesce(before.last_hash, repeat('0', 64))
        AND NEW.last_seq BETWEEN NEW.first_seq AND NEW.by_seq - 1
        AND NEW.last_hash = last.hash
        AND NEW.last_at = last.occurred_at
        AND NEW.last_revision = coalesce(flip.revision, before.last_revision, 0)
        AND NEW.last_revision_hash = coalesce(flip.hash, before.last_revision_hash, repeat('0', 64))
        AND NEW.flags = public.audit_flags_at(NEW.last_seq)
        AND NEW.flags_digest = encode(sha256(convert_to(NEW.flags, 'UTF8')), 'hex')
        AND (SELECT count(*) = NEW.last_seq - NEW.first_seq + 1
                    AND max(e.occurred_at) < now() - interval '90 days'
                    -- What a later entry attests leaves together with it.
                    AND coalesce(max(e.restated_by), 0) <= NEW.last_seq
             FROM public.audit_event e WHERE e.seq <= NEW.last_seq)
        AND EXISTS (SELECT FROM public.audit_head h WHERE h.seq = NEW.last_seq AND h.hash = NEW.last_hash)
       ) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'audit_archive %: only the oldest entries leave the trail, signed, 90 days old, with the entry that tells of it', NEW.by_seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    DELETE FROM public.audit_event WHERE seq <= NEW.last_seq;
    -- The replay begins at the last archive; what was kept for those before it has served.
    UPDATE public.audit_archive SET flags = NULL WHERE flags IS NOT NULL;
    RETURN NEW;
END $$;

CREATE TRIGGER "audit_archive_take" BEFORE INSERT ON "audit_archive"
    FOR EACH ROW EXECUTE FUNCTION "audit_archive_take"();

-- A tombstone comes with what it is of: none can be kept for later.
CREATE FUNCTION "audit_event_has_its_archive"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.audit_archive a WHERE a.by_seq = NEW.seq) THEN
        RAISE EXCEPTION 'audit_event %: it tells of an archive that is not there', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_event_has_its_archive" AFTER INSERT ON "audit_event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.action = 'audit.archived')
    EXECUTE FUNCTION "audit_event_has_its_archive"();

GRANT SELECT, INSERT ON "audit_archive" TO "bsuid_console_app";
