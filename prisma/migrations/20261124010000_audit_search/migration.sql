-- DropIndex
DROP INDEX "audit_event_target_type_target_id_seq_idx";

-- CreateIndex
CREATE INDEX "audit_event_target_id_seq_idx" ON "audit_event"("target_id", "seq" DESC);

-- CreateIndex
CREATE INDEX "audit_event_actor_email_seq_idx" ON "audit_event"("actor_email", "seq" DESC);


-- From here on by hand: what Prisma's schema cannot say. Most entries are successes by screen
-- or API: an index is for the others.
CREATE INDEX "audit_event_failures" ON "audit_event" ("outcome", "seq" DESC) WHERE "outcome" <> 'success';
CREATE INDEX "audit_event_other_channels" ON "audit_event" ("channel", "seq" DESC)
    WHERE "channel" IN ('import', 'schedule', 'cli');

-- The words of a reason, in lower case. Not PostgreSQL's text search parser, which takes
-- "ACME-4711" for a word and a negative number. Longer words than a reason can have would be
-- refused by tsvector, and with them the event.
CREATE FUNCTION "audit_words"(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_remove(regexp_split_to_array(left(lower($1), 500), '[^[:alnum:]]+'), '');

-- Finds what has, for each word of the text, a word that begins with it.
CREATE FUNCTION "audit_words_query"(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT string_agg(quote_literal(word) || ':*', ' & ')::tsquery FROM unnest("audit_words"($1)) AS word);

CREATE INDEX "audit_event_reason_words" ON "audit_event" USING gin (array_to_tsvector("audit_words"("reason")));
