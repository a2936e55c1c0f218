import { encodeState } from "../src/state/state-record.ts";
import { StateWriter } from "../src/state/state-writer.ts";

// A process that a test kills at any moment. Writes states whose revisions go up from `first`.
const [file = "", url = "", first = "1"] = process.argv.slice(2);
const writer = new StateWriter({
  file,
  intervalMs: 0,
  onError: (error) => {
    throw error;
  },
});

const accepts = Array.from({ length: 20_000 }, (_, at) => String(100_000_000_000_000 + at));

function save(revision: number): void {
  const cursor = `${revision}.00000000`;
  const savedAt = new Date().toISOString();
  writer.save(() => encodeState({ url, cursor, revision, savedAt, accepts }));
  if (revision === Number(first)) process.stdout.write("writing\n");
  setTimeout(save, 1, revision + 1);
}

save(Number(first));
