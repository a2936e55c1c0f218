-- Repeats are counted where they happen, and told by an event of their own (lib/access/refusal-log.ts).

-- AlterTable
ALTER TABLE "refusal_window" DROP COLUMN "repeats";
