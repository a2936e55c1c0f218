-- By hand: what Prisma's schema cannot say. One index of all that an entry can be found by: the
-- words of its reason, what it is filtered by, and the stretch of 65,536 entries that it is in,
-- so that any filters are intersected a stretch at a time, from the trail's end. No word has a
-- "#" or "=" in it. Longer lexemes than tsvector takes would be refused, and with them the event.
CREATE FUNCTION "audit_terms"(
    "seq" bigint, "action" text, "outcome" text, "channel" text, "target_type" text,
    "actor_id" text, "actor_email" text, "reason" text
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector(array_remove(ARRAY[
        '#' || ("seq" >> 16)::text, 'action=' || "action", 'outcome=' || "outcome", 'channel=' || "channel",
        'type=' || "target_type", 'actor=' || left("actor_id", 400), 'email=' || left("actor_email", 400)
    ], NULL) || coalesce("audit_words"("reason"), '{}'));

-- What is pending is read through for each stretch of a search, so it is kept short.
CREATE INDEX "audit_event_terms" ON "audit_event" USING gin
    ("audit_terms"("seq", "action", "outcome", "channel", "target_type", "actor_id", "actor_email", "reason"))
    WITH (gin_pending_list_limit = 64);
DROP INDEX "audit_event_reason_words";
