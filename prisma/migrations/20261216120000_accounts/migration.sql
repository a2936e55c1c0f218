-- Until now only a roster could name an account's manager: those that are there came by one.
UPDATE "account" SET "is_manager_from_roster" = true WHERE "manager_id" IS NOT NULL;
