import { type FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import type { FlagTable } from "../flags/flag-table.ts";
import { readStateFile, removeLeftOvers } from "./read-state-file.ts";
import { encodeState } from "./state-record.ts";
import { StateWriter } from "./state-writer.ts";

/** Loads the table from its state file and saves it there, if there is one. */
export class StateKeeper {
  readonly #settings: Settings;
  readonly #table: FlagTable;
  readonly #writer: StateWriter | null;

  constructor(parts: {
    settings: Settings;
    table: FlagTable;
    onError: (error: FlagClientError) => void;
  }) {
    const { settings, table, onError } = parts;
    this.#settings = settings;
    this.#table = table;
    const file = settings.stateFile;
    const intervalMs = settings.timing.stateFileIntervalMs;
    this.#writer = file === null ? null : new StateWriter({ file, intervalMs, onError });
  }

  /** Fills the table from the file. Without a usable file the table stays empty, and `error` says why. */
  load(): { savedAt: Date | null; error: FlagClientError | null } {
    const { stateFile, baseUrl } = this.#settings;
    if (stateFile === null) return { savedAt: null, error: null };
    try {
      removeLeftOvers(stateFile);
      const record = readStateFile(stateFile, baseUrl);
      if (record === null) return { savedAt: null, error: null };
      const { cursor, revision, accepts } = record;
      this.#table.offer({ kind: "snapshot", cursor, revision, accepts }, "confirmed");
      return { savedAt: new Date(record.savedAt), error: null };
    } catch (thrown) {
      return { savedAt: null, error: toFlagClientError(thrown) };
    }
  }

  save(): void {
    this.#writer?.save(() => {
      const { cursor = "", revision = 0 } = this.#table.position ?? {};
      const savedAt = new Date().toISOString();
      const accepts = this.#table.accepts();
      return encodeState({ url: this.#settings.baseUrl, cursor, revision, savedAt, accepts });
    });
  }

  async close(): Promise<void> {
    await this.#writer?.close();
  }
}
