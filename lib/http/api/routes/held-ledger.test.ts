import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";

const database = useTestDatabase();

test("while another transaction locks the ledger, flags can be read, and a change is 503 and not made", async () => {
  const token = await anApiToken("support");
  const id = await aNumber();
  await withClient(database.ownerUrl(), async (holder) => {
    await holder.query("BEGIN; SELECT FROM ledger FOR UPDATE");
    const body = { acceptsBsuid: true, reason: "Held by another" };
    const change = callApi(`PUT /api/v1/numbers/${id}/flag`, { token, body });
    expect((await callApi("GET /api/v1/flags", { token })).status).toBe(200);
    const answer = await change;
    expect(answer).toMatchObject({ status: 503, body: { code: "UNAVAILABLE" } });
    expect(answer.headers.get("retry-after")).toMatch(/^[1-9][0-9]*$/);
  });
  const after = await callApi(`GET /api/v1/numbers/${id}`, { token });
  expect(after.body).toMatchObject({ acceptsBsuid: false, flagVersion: 0 });
});
