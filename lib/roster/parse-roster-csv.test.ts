import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseRosterCsv } from "./parse-roster-csv.ts";
import type { SourceEntry } from "./read-roster.ts";
import { ROSTER_FIELDS } from "./roster-entry.ts";

const COLUMNS = Object.keys(ROSTER_FIELDS);
const HEADER = COLUMNS.join(",");
const ROW = "1065,+5511912345678,Suporte,Padaria,acc-1,,,900,800";
const VALUE = {
  phoneNumberId: "1065",
  displayPhoneNumber: "+5511912345678",
  label: "Suporte",
  accountName: "Padaria",
  accountExternalId: "acc-1",
  managerEmail: "",
  accountZone: "",
  portfolioId: "900",
  wabaId: "800",
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "roster-csv-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The entries of a real file with this content, read in small pieces so that all seams show. */
async function parse(content: string | Uint8Array, highWaterMark = 7): Promise<SourceEntry[]> {
  const file = path.join(folder, "roster.csv");
  await writeFile(file, content);
  const entries: SourceEntry[] = [];
  const source = parseRosterCsv(createReadStream(file, { highWaterMark }));
  for await (const entry of source) entries.push(entry);
  return entries;
}

const problemsOf = (entries: SourceEntry[]) => entries.filter((entry) => "problem" in entry);

describe("a roster file", () => {
  test("gives each row with its line", async () => {
    expect(await parse(`${HEADER}\n${ROW}\n${ROW}\n`)).toEqual([
      { at: "line 2", value: VALUE },
      { at: "line 3", value: VALUE },
    ]);
  });

  test.each([
    ["CRLF", `${HEADER}\r\n${ROW}\r\n`],
    ["CR alone", `${HEADER}\r${ROW}\r`],
    ["no line break at its end", `${HEADER}\n${ROW}`],
    ["a byte-order mark", `\uFEFF${HEADER}\n${ROW}\n`],
    ["semicolons", `${HEADER}\n${ROW}\n`.replaceAll(",", ";")],
    ["tabs", `${HEADER}\n${ROW}\n`.replaceAll(",", "\t")],
    ["blank lines at its end", `${HEADER}\n${ROW}\n\n  \r\n,,,,,,,\n\n`],
    ["quotes around everything", `${HEADER}\n${ROW}`.replace(/[^,\n]+/g, '"$&"')],
    ["a quoted header with semicolons", `"${COLUMNS.join('";"')}"\n${ROW.replaceAll(",", ";")}\n`],
    ["spaces around cells", `${HEADER.replaceAll(",", " , ")}\n${ROW.replaceAll(",", " , ")}\n`],
    ["nameless blank columns at its end", `${HEADER},,\n${ROW},,\n`],
  ])("may have %s", async (_, content) => {
    expect(await parse(content)).toEqual([{ at: "line 2", value: VALUE }]);
  });

  test("may begin with Excel's sep line, and with blank lines", async () => {
    const semicolons = `${HEADER}\r\n${ROW}\r\n`.replaceAll(",", ";");
    expect(await parse(`sep=;\r\n${semicolons}`)).toEqual([{ at: "line 3", value: VALUE }]);
    expect(await parse(`\n\n${semicolons}`)).toEqual([{ at: "line 4", value: VALUE }]);
  });

  test("may have its columns in any order, and no manager", async () => {
    const columns = COLUMNS.filter((name) => name !== "managerEmail").reverse();
    const row = columns.map((name) => VALUE[name as keyof typeof VALUE]).join(",");
    const { managerEmail: _, ...value } = VALUE;
    expect(await parse(`${columns.join(",")}\n${row}\n`)).toEqual([{ at: "line 2", value }]);
  });

  test("drops the apostrophe that keeps digits as text, but not that of a name", async () => {
    const row = "'1065,'+5511912345678,'90s Diner,Padaria,acc-1,,,'900,'800";
    expect(await parse(`${HEADER}\n${row}\n`)).toEqual([
      { at: "line 2", value: { ...VALUE, label: "'90s Diner" } },
    ]);
  });

  test.each(["\n", "\r\n"])("counts lines as an editor does, through quoted %j", async (end) => {
    const label = `"a${end}${end}b, ""c"""`;
    const lines = [HEADER, ROW.replace("Suporte", label), "", ROW];
    expect(await parse(lines.join(end))).toEqual([
      { at: "line 2", value: { ...VALUE, label: `a${end}${end}b, "c"` } },
      { at: "line 6", value: VALUE },
    ]);
  });

  test("gives back what was written, whatever the cells, quotes and seams", async () => {
    const cell = fc
      .array(fc.constantFrom(",", ";", '"', "\n", "\r\n", "'", " ", "ã", "名", "😀", "a", "1"))
      .map((parts) => `x${parts.join("")}x`);
    const rows = fc.array(fc.tuple(...COLUMNS.map(() => cell)), { minLength: 1, maxLength: 5 });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (table, highWaterMark) => {
        const lines = table.map((cells) => cells.map(quote).join(","));
        const entries = await parse([HEADER, ...lines].join("\r\n"), highWaterMark);
        const values = entries.map((entry) => ("value" in entry ? entry.value : entry));
        expect(values).toEqual(
          table.map((cells) => Object.fromEntries(cells.map((text, i) => [COLUMNS[i], text]))),
        );
        const breaks = lines.map((line) => line.split("\n").length);
        const starts = breaks.map((_, i) => 2 + breaks.slice(0, i).reduce((a, b) => a + b, 0));
        expect(entries.map(({ at }) => at)).toEqual(starts.map((line) => `line ${line}`));
      }),
      { numRuns: 150 },
    );
  });
});

describe("a roster file is refused, in words,", () => {
  test.each([
    ["when empty", "", 1, /file is empty/],
    ["when blank", "\n \r\n", 1, /file is empty/],
    ["with a header only", `${HEADER}\n\n`, 1, /a header, but no row/],
    [
      "with too few cells",
      `${HEADER}\n${ROW.replace(",800", "")}\n`,
      2,
      /has 8 cells, the header 9/,
    ],
    ["with too many cells", `${HEADER}\n${ROW.replace("Pad", "P,a,d")}\n`, 2, /has 11 cells/],
    [
      "with an unclosed quote",
      `${HEADER}\n${ROW}\n${ROW.replace("Sup", '"Sup')}\n${ROW}\n`,
      3,
      /never closes it/,
    ],
    [
      "with a quote inside a cell",
      `${HEADER}\n${ROW.replace("Suporte", '5" tela')}\n`,
      2,
      /stands inside a cell/,
    ],
    [
      "with text after a quote",
      `${HEADER}\n${ROW.replace("Suporte", '"a"b')}\n`,
      2,
      /stands inside a cell/,
    ],
  ])("%s", async (_, content, line, why) => {
    expect(problemsOf(await parse(content))).toEqual([
      expect.objectContaining({ at: `line ${line}`, problem: expect.stringMatching(why) }),
    ]);
  });

  test("with everything wrong in its header at once", async () => {
    const header = HEADER.replace("label", "Label")
      .replace("wabaId", "acceptsBsuid")
      .replace("portfolioId", "accountName");
    expect(await parse(`${header}\n${ROW}\n`)).toEqual([
      { at: "line 1", field: "Label", problem: "this column is called label." },
      expect.objectContaining({
        field: "acceptsBsuid",
        problem: expect.stringMatching(/no such column/),
      }),
      expect.objectContaining({
        field: "accountName",
        problem: expect.stringMatching(/more than once/),
      }),
      expect.objectContaining({ field: "label", problem: expect.stringMatching(/is missing/) }),
      expect.objectContaining({
        field: "portfolioId",
        problem: expect.stringMatching(/is missing/),
      }),
      expect.objectContaining({ field: "wabaId", problem: expect.stringMatching(/is missing/) }),
    ]);
  });

  test("without a header, in one line", async () => {
    expect(await parse(`${ROW}\n${ROW}\n`)).toEqual([
      {
        at: "line 1",
        problem: expect.stringMatching(/^the first line has to name the columns.*phoneNumberId/),
        shown: ROW.replaceAll(",", " | "),
      },
    ]);
  });

  test("with a blank column in the middle of its header", async () => {
    const [problem] = problemsOf(await parse(`,${HEADER}\n,${ROW}\n`));
    expect(problem).toMatchObject({ field: "column 1", problem: expect.stringMatching(/no name/) });
  });

  test("in Windows-1252, with the line and what it should read", async () => {
    const content = `${HEADER}\r\n${ROW}\r\n${ROW.replace("Suporte", "São Paulo")}\r\n`;
    const entries = await parse(Buffer.from(content, "latin1"), 1024);
    expect(problemsOf(entries)).toEqual([
      {
        at: "line 3",
        problem: expect.stringMatching(/not UTF-8.*Windows-1252.*CSV UTF-8/),
        shown: expect.stringContaining("São Paulo"),
      },
    ]);
  });

  test.each([
    ["with a mark", Buffer.from(`\uFEFF${HEADER}\n${ROW}\n`, "utf16le")],
    ["big-endian", Buffer.from(`\uFEFF${HEADER}\n${ROW}\n`, "utf16le").swap16()],
    ["without a mark", Buffer.from(`${HEADER}\n${ROW}\n`, "utf16le")],
  ])("in UTF-16 %s", async (_, content) => {
    expect(await parse(content)).toEqual([
      { at: "line 1", problem: expect.stringMatching(/UTF-16.*CSV UTF-8/) },
    ]);
  });

  test.each([
    ["as an Excel workbook", Buffer.from("PK\u0003\u0004 and so on"), /Excel workbook/],
    ["that is compressed", gzipSync(`${HEADER}\n${ROW}\n`), /compressed \(gzip\)/],
  ])("%s", async (_, content, why) => {
    expect(await parse(content)).toMatchObject([{ problem: expect.stringMatching(why) }]);
  });
});

test("a mistake late in a file leaves the rows before it", async () => {
  const rows = Array.from({ length: 500 }, () => ROW).join("\n");
  const entries = await parse(`${HEADER}\n${rows}\n${ROW.replace("Sup", '"Sup')}`, 65_536);
  expect(entries).toHaveLength(501);
  expect(entries.at(-1)).toMatchObject({ at: "line 502" });
});
