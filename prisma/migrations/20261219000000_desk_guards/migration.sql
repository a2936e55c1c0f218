-- What the desk shows was asked for, approved, forced or required stays so, whoever writes: what no verb
-- changes the application may not change, and what one does changes together with its entry in the trail.

-- ─── What the application may change ───────────────────────────────────────────────────────────

-- Who asked, for what, by which session or token, and until when: never. Items are only added.
REVOKE UPDATE ON "change_request", "schedule", "schedule_item", "forced_change" FROM "bsuid_console_app";

GRANT UPDATE ("state", "version", "reason", "ticket_url", "edited_by_id", "decided_by_id", "decided_at",
    "decision", "why", "ended_at", "batch_id") ON "change_request" TO "bsuid_console_app";
GRANT UPDATE ("state", "at", "zone", "local_time", "attempts", "next_attempt_at", "failure_code",
    "failure_detail", "ended_at", "batch_id") ON "schedule" TO "bsuid_console_app";
GRANT UPDATE ("reviewed_by_id", "reviewed_at", "review") ON "forced_change" TO "bsuid_console_app";


-- ─── Items ─────────────────────────────────────────────────────────────────────────────────────

-- An approver has seen all numbers: they are there before the entry that tells of the request.
CREATE FUNCTION "change_request_item_comes_first"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT a.request_id FROM added a) a
        JOIN public.change_request r ON r.id = a.request_id
        WHERE r.ended_at IS NOT NULL
           OR EXISTS (SELECT FROM public.audit_event e
                      WHERE e.target_id = r.id::text AND e.target_type = 'request' AND e.action = 'request.opened'))
    THEN
        RAISE EXCEPTION 'no number is added to a request once it is open'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "change_request_item_comes_first" AFTER INSERT ON "change_request_item"
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION "change_request_item_comes_first"();

CREATE FUNCTION "schedule_item_comes_first"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT a.schedule_id FROM added a) a
        JOIN public.schedule s ON s.id = a.schedule_id
        WHERE s.ended_at IS NOT NULL
           OR EXISTS (SELECT FROM public.audit_event e
                      WHERE e.target_id = s.id::text AND e.target_type = 'schedule' AND e.action = 'schedule.created'))
    THEN
        RAISE EXCEPTION 'no number is added to a schedule once it waits'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "schedule_item_comes_first" AFTER INSERT ON "schedule_item"
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION "schedule_item_comes_first"();


-- ─── Editing and deciding ──────────────────────────────────────────────────────────────────────

-- Who edited last may not approve: so that stays with the words, and with the entry.
CREATE FUNCTION "change_request_has_its_edit"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF NEW.version IS DISTINCT FROM OLD.version + 1 OR NOT EXISTS (
        SELECT FROM public.audit_event e
        WHERE e.target_id = NEW.id::text AND e.target_type = 'request'
          AND e.action = 'request.edited' AND e.outcome = 'success'
          AND e.actor_id = NEW.edited_by_id::text
          AND e.after @> jsonb_build_object('version', NEW.version, 'reason', NEW.reason, 'ticketUrl', NEW.ticket_url))
    THEN
        RAISE EXCEPTION 'request %: what it says changes only together with the entry that tells of it', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "change_request_has_its_edit" AFTER UPDATE ON "change_request"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.version, OLD.reason, OLD.ticket_url, OLD.edited_by_id)
          IS DISTINCT FROM (NEW.version, NEW.reason, NEW.ticket_url, NEW.edited_by_id))
    EXECUTE FUNCTION "change_request_has_its_edit"();

-- Who decided is said once, with the decision, and with the entry of who decided.
CREATE FUNCTION "change_request_has_its_decision"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF OLD.state <> 'open' OR NOT EXISTS (
        SELECT FROM public.audit_event e
        WHERE e.target_id = NEW.id::text AND e.target_type = 'request' AND e.outcome = 'success'
          AND e.action IN ('request.approved', 'request.declined')
          AND e.actor_id = NEW.decided_by_id::text AND e.occurred_at = NEW.decided_at
          AND e.after @> jsonb_build_object('state', NEW.state)
          AND e.reason IS NOT DISTINCT FROM NEW.decision)
    THEN
        RAISE EXCEPTION 'request %: it is decided only together with the entry that tells of it', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "change_request_has_its_decision" AFTER UPDATE ON "change_request"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.decided_by_id, OLD.decided_at, OLD.decision) IS DISTINCT FROM (NEW.decided_by_id, NEW.decided_at, NEW.decision)
          OR (OLD.state = 'open' AND NEW.state IN ('approved', 'scheduled', 'declined')))
    EXECUTE FUNCTION "change_request_has_its_decision"();


-- ─── Accounts that need two people ─────────────────────────────────────────────────────────────

-- The rule is as the last entry about it says; it is lifted with a request that somebody else approved.
CREATE FUNCTION "account_rule_is_told"(a "account") RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    e public.audit_event%ROWTYPE;
BEGIN
    SELECT * INTO e FROM public.audit_event
    WHERE target_id = a.id::text AND target_type = 'account' AND outcome = 'success'
      AND action IN ('account.two_people_required', 'account.two_people_lifted')
    ORDER BY seq DESC LIMIT 1;
    RETURN coalesce(CASE WHEN a.needs_two_people THEN e.action = 'account.two_people_required'
        ELSE e.action = 'account.two_people_lifted' AND EXISTS (
            SELECT FROM public.change_request r
            WHERE r.lifts_two_people_of_id = a.id AND r.state = 'approved' AND r.ended_at = e.occurred_at) END, false);
END $$;

CREATE FUNCTION "account_rule_has_its_event"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.account a WHERE a.id = NEW.id AND public.account_rule_is_told(a)) THEN
        RAISE EXCEPTION 'account %: that it needs two people changes only together with the entry that tells of it, and is lifted by two', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "account_rule_has_its_event" AFTER UPDATE ON "account"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.needs_two_people <> NEW.needs_two_people)
    EXECUTE FUNCTION "account_rule_has_its_event"();

CREATE FUNCTION "audit_event_has_its_rule"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.account a WHERE a.id::text = NEW.target_id AND public.account_rule_is_told(a)) THEN
        RAISE EXCEPTION 'audit_event %: it tells of a rule that the account does not have', NEW.seq
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "audit_event_has_its_rule" AFTER INSERT ON "audit_event"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.outcome = 'success' AND NEW.action IN ('account.two_people_required', 'account.two_people_lifted'))
    EXECUTE FUNCTION "audit_event_has_its_rule"();


-- ─── Forced changes ────────────────────────────────────────────────────────────────────────────

CREATE TRIGGER "forced_change_review_is_final" BEFORE UPDATE ON "forced_change"
    FOR EACH ROW WHEN (OLD.reviewed_at IS NOT NULL)
    EXECUTE FUNCTION "refuse_change"('the review of a forced change is final');

CREATE FUNCTION "forced_change_has_its_review"() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.audit_event e
        WHERE e.target_id = NEW.batch_id::text AND e.target_type = 'batch' AND e.outcome = 'success'
          AND e.action = 'flag.force_reviewed'
          AND e.actor_id = NEW.reviewed_by_id::text AND e.occurred_at = NEW.reviewed_at AND e.reason = NEW.review)
    THEN
        RAISE EXCEPTION 'forced change %: it is reviewed only together with the entry that tells of it', NEW.batch_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "forced_change_has_its_review" AFTER UPDATE ON "forced_change"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "forced_change_has_its_review"();
