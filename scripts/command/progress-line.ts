/** The part of a terminal that is needed here. */
type Terminal = { isTTY?: boolean; write: (text: string) => unknown };

const TO_LINE_START_AND_CLEAR = "\r\u001B[K";

/**
 * One line that says how many entries were read; only on a terminal, since a file or log would get a copy
 * for each update. `clear` removes it before the next output.
 */
export function progressLine(terminal: Terminal = process.stderr) {
  const write = (text: string) => {
    if (terminal.isTTY) terminal.write(`${TO_LINE_START_AND_CLEAR}${text}`);
  };
  return {
    show: (entriesRead: number, ofEntries: number): void =>
      write(
        `${entriesRead.toLocaleString("en")} of ${ofEntries.toLocaleString("en")} entries read`,
      ),
    clear: (): void => write(""),
  };
}
