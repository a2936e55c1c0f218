-- AlterTable
ALTER TABLE "token" ADD COLUMN     "last_used_ip" TEXT,
ADD COLUMN     "last_used_user_agent" TEXT,
ADD COLUMN     "replaces_id" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "token_replaces_id_key" ON "token"("replaces_id");

-- AddForeignKey
ALTER TABLE "token" ADD CONSTRAINT "token_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "token"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
