-- How far each follower of the trail has read (lib/audit/follow): it moves in the transaction that writes
-- what was made of the entries, so that none is taken twice, and none is missed.

-- CreateTable
CREATE TABLE "trail_follower" (
    "name" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "trail_follower_pkey" PRIMARY KEY ("name")
);

GRANT SELECT, INSERT, UPDATE ON "trail_follower" TO "bsuid_console_app";
