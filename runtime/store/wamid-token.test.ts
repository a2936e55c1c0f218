import fc from "fast-check";
import { expect, test } from "vitest";
import { aToken, wamidOf } from "../testing/payloads.ts";
import { tokenOfWamid } from "./wamid-token.ts";

test.each([
  [
    "wamid.HBgXQlIuMTM0OTAwMDAwMDAwMDAwMDAzMDEVFAASGBQzRUIwQTFCMkMzRDRFNUY2MDcxOAA=",
    "3EB0A1B2C3D4E5F60718",
  ],
  ["wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3N0YyMzE4NEM3MzE2RkI3MzIA", "77F23184C7316FB732"],
  ["wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA=", "3ACB699D505FF1FD3EAD"],
  // Without its padding.
  ["wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA", "3ACB699D505FF1FD3EAD"],
])("the token of %s is %s", (wamid, token) => {
  expect(tokenOfWamid(wamid)).toBe(token);
});

test("both wamids of one message have one token, whoever its customer is", () => {
  const token = aToken();
  const ids = ["15550100123", "US.13490000000000003401", `BR.${"9".repeat(110)}`];
  for (const id of ids) expect(tokenOfWamid(wamidOf(id, token))).toBe(token);
});

const WHOLE = wamidOf("15550100123", "3EB0A1B2C3D4E5F60718");
const BYTES = Buffer.from(WHOLE.slice("wamid.".length), "base64");
const encode = (bytes: Buffer) => `wamid.${bytes.toString("base64")}`;

test.each([
  ["an id of another form", "wamid.RUN-f13"],
  ["an older form", "wamid.gBGGFlA5FpafAgkOuJbRq54qwbM="],
  ["an id without the prefix", WHOLE.slice("wamid.".length)],
  ["blanks in it", WHOLE.replace("HBg", "HB g")],
  ["characters that base64 lacks", WHOLE.replace("HBg", "H*Bg")],
  ["a line after it", `${WHOLE}\n`],
  ["one that is cut", encode(BYTES.subarray(0, -3))],
  ["bytes after its end", encode(Buffer.concat([BYTES, Buffer.from([0, 1, 2])]))],
  ["a token too short to be anybody's own", wamidOf("15550100123", "3EB")],
  ["no token", wamidOf("15550100123", "")],
  ["a token with signs", wamidOf("15550100123", "3EB0 A1B2;C3D4")],
  ["a megabyte", `wamid.${"HBgL".repeat(250_000)}`],
  ["nothing", ""],
])("%s has no token, so that it never matches another id", (_, wamid) => {
  expect(tokenOfWamid(wamid)).toBeNull();
});

test("any bytes and any texts are read or not, and never throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string()), (sent) => {
      const wamid = typeof sent === "string" ? `wamid.${sent}` : encode(Buffer.from(sent));
      const token = tokenOfWamid(wamid);
      expect(token === null || /^[A-Za-z0-9_-]{8,128}$/.test(token)).toBe(true);
    }),
  );
});

test("no change of one byte makes another message's token out of a message's identity", () => {
  for (let at = 0; at < BYTES.length; at += 1) {
    const changed = Buffer.from(BYTES);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    expect(tokenOfWamid(encode(changed))).not.toBe("15550100123");
  }
});
