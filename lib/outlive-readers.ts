/**
 * Lets the process outlive whoever reads its output, such as a closed terminal or a killed parent: what it
 * prints from then on is lost. Without it each write is an uncaught exception, and where one is reported
 * instead of ending the process, as Next does, the report is the next.
 */
export function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);
}
