import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { aCount, aReport } from "#testing/http/report.ts";
import { db } from "../../../db/client.ts";

useTestDatabase();

let token: string;
const post = (body: unknown) => callApi("POST /api/v1/reports", { token, body });

beforeAll(async () => {
  token = await anApiToken("reports:write");
});

test("a report is 202, and 200 when it is sent again", async () => {
  const report = aReport({ counts: [aCount("42", { phoneLessDropped: 3 })] });
  expect(await post(report)).toMatchObject({ status: 202, body: { isNew: true } });
  expect(await post(report)).toMatchObject({ status: 200, body: { isNew: false } });
  const [row] = await db().trafficCount.findMany({ where: { phoneNumberId: "42" } });
  expect(row?.phoneLessDropped).toBe(3n);
});

test("the contract's sample report is accepted", async () => {
  const hour = `${new Date().toISOString().slice(0, 13)}:00:00Z`;
  const counts = [{ ...aCount("106540352242922"), hour, phoneAndBsuid: 10, legacy: 1 }];
  const report = { ...aReport(), instanceId: "rt-1", sequence: 17, sdk: "name/1.0.0", counts };
  expect(await post(report)).toMatchObject({ status: 202 });
});

test("each fault is named, and a body that is too large is 413", async () => {
  const wrong = aReport({ sequence: -1, counts: [aCount("x")] });
  expect(await post(wrong)).toMatchObject({
    status: 400,
    body: { errors: [{ path: "sequence" }, { path: "counts[0].phoneNumberId" }] },
  });
  expect(await post({ ...aReport(), text: "x".repeat(5_000_000) })).toMatchObject({ status: 413 });
});
