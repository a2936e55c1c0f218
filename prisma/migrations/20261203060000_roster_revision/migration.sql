-- Every write of a number takes the next roster revision under the ledger's lock: so their order is that of
-- the commits, and who reads numbers in it misses none. One for each transaction, taken once.
ALTER TABLE "ledger" ADD COLUMN "roster_revision" BIGINT NOT NULL DEFAULT 1;
ALTER TABLE "number" ADD COLUMN "roster_revision" BIGINT NOT NULL DEFAULT 1;

CREATE INDEX "number_roster_revision_phone_number_id_idx" ON "number" ("roster_revision", "phone_number_id");
CREATE INDEX "number_flag_changed_by_id_idx" ON "number" ("flag_changed_by_id");

-- Before any row is locked: the ledger comes first, here too. The setting holds until the transaction ends;
-- its transaction is named in it, so that one set by hand counts for nothing.
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
