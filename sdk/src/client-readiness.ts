import { FlagClientError } from "./flag-client-error.ts";

/** Whether there are flags, and who waits for them. */
export class Readiness {
  readonly #settled = Promise.withResolvers<void>();
  #isReady = false;

  constructor() {
    // It may fail with nobody waiting.
    this.#settled.promise.catch(() => undefined);
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  succeed(): void {
    this.#isReady = true;
    this.#settled.resolve();
  }

  /** There will be no flags any more; without effect when there are. */
  fail(error: FlagClientError): void {
    this.#settled.reject(error);
  }

  /** @throws FlagClientError NOT_READY after `timeoutMs`, with what `why` says then as its cause */
  async wait(timeoutMs: number | undefined, why: () => FlagClientError | null): Promise<void> {
    if (timeoutMs === undefined) return await this.#settled.promise;
    const expired = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const cause = why();
      const message = `No flags within ${timeoutMs} ms.${cause ? ` ${cause.message}` : ""}`;
      expired.reject(new FlagClientError("NOT_READY", message, cause ? { cause } : {}));
    }, timeoutMs);
    try {
      await Promise.race([this.#settled.promise, expired.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}
