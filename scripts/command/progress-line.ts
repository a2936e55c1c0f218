/** As much of a terminal as is needed here. */
type Terminal = { isTTY?: boolean; write: (text: string) => unknown };

const TO_LINE_START_AND_CLEAR = "\r\u001B[K";

/**
 * One line that says how many entries were read: on a terminal alone, since a file or a log would get it
 * again and again. `clear` takes it away, for what is printed next.
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
