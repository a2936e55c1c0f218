import { expect, test } from "vitest";
import { AwayError, toLaunchError } from "./database-error.ts";

const URL_OF_IT = new URL("postgresql://console:a%20secret@db.example:5433/console");
const toError = (error: object) => toLaunchError("DATABASE_URL", URL_OF_IT, error);

test.each([
  ["ECONNREFUSED", /Nothing answers at db.example:5433/],
  ["EHOSTUNREACH", /cannot be reached/],
  ["EAI_AGAIN", /db.example in DATABASE_URL cannot be looked up at the moment/],
  ["57P03", /is not ready yet/],
])("%s may go away: the console waits for the database", (code, words) => {
  const error = toError({ code, message: "of the driver" });
  expect(error).toBeInstanceOf(AwayError);
  expect(error.message).toMatch(words);
});

test.each([
  ["ENOTFOUND", /db.example in DATABASE_URL is not known/],
  ["28P01", /refuses the password of user console/],
  ["3D000", /no database console/],
  ["XX000", /cannot be used: of the driver/],
])("%s has to be corrected: the start ends with an explanation", (code, words) => {
  const error = toError({ code, message: "of the driver" });
  expect(error).not.toBeInstanceOf(AwayError);
  expect(error.message).toMatch(words);
  expect(error.message).not.toContain("secret");
});
