-- AlterTable
ALTER TABLE "person" ADD COLUMN     "password_made_by_id" UUID;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_password_made_by_id_fkey" FOREIGN KEY ("password_made_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- From here on by hand. Passwords that are still the ones an admin made: by whom, the trail says.
ALTER TABLE "person"
    ADD CONSTRAINT "person_made_password_is_one"
        CHECK ("password_hash" IS NOT NULL OR "password_made_by_id" IS NULL);

UPDATE "person" p SET "password_made_by_id" = made.by_id
FROM (
    SELECT DISTINCT ON (e.target_id) e.target_id, maker.id AS by_id
    FROM "audit_event" e JOIN "person" maker ON maker.id::text = e.actor_id
    WHERE e.action IN ('person.password_reset', 'person.created')
      AND e.target_type = 'person' AND e.actor_type = 'person' AND e.actor_id <> e.target_id
    ORDER BY e.target_id, e.seq DESC
) made
WHERE p.id::text = made.target_id AND p.is_password_temporary;
