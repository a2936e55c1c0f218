-- AlterTable
ALTER TABLE "person" ADD COLUMN     "is_password_temporary" BOOLEAN NOT NULL DEFAULT false;


-- From here on by hand. Who made the passwords of before is not known: nobody is asked for another.
ALTER TABLE "person"
    ADD CONSTRAINT "person_temporary_password_is_one"
        CHECK ("password_hash" IS NOT NULL OR NOT "is_password_temporary");
