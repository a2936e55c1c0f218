-- Announces what open pages show or depend on, at its commit (lib/live). Payloads have kinds and ids, no content;
-- several of one kind in a transaction are announced once.

CREATE FUNCTION "announce_live"() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('live', TG_ARGV[0]);
    RETURN NULL;
END $$;

CREATE FUNCTION "announce_notice"() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('live', 'notice ' || NEW.person_id);
    RETURN NULL;
END $$;

CREATE TRIGGER "audit_event_is_announced" AFTER INSERT ON "audit_event"
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_live"('trail');

-- A session that ended, for itself or with its person's access.
CREATE TRIGGER "session_end_is_announced" AFTER UPDATE OF "ended_at" ON "session"
    FOR EACH ROW WHEN (OLD."ended_at" IS NULL AND NEW."ended_at" IS NOT NULL)
    EXECUTE FUNCTION "announce_live"('access');

CREATE TRIGGER "access_end_is_announced" AFTER UPDATE OF "session_version", "disabled_at" ON "person"
    FOR EACH ROW WHEN (OLD."session_version" <> NEW."session_version"
        OR OLD."disabled_at" IS DISTINCT FROM NEW."disabled_at")
    EXECUTE FUNCTION "announce_live"('access');

-- Reports come every few seconds from each runtime; only what they apply is shown as live.
CREATE TRIGGER "new_runtime_is_announced" AFTER INSERT ON "runtime_instance"
    FOR EACH ROW EXECUTE FUNCTION "announce_live"('runtime');

CREATE TRIGGER "runtime_is_announced" AFTER UPDATE ON "runtime_instance"
    FOR EACH ROW WHEN (OLD."applied_revision" <> NEW."applied_revision"
        OR OLD."closed_at" IS DISTINCT FROM NEW."closed_at"
        OR OLD."dismissed_at" IS DISTINCT FROM NEW."dismissed_at")
    EXECUTE FUNCTION "announce_live"('runtime');

CREATE TRIGGER "notice_is_announced" AFTER INSERT OR UPDATE ON "notice"
    FOR EACH ROW EXECUTE FUNCTION "announce_notice"();
