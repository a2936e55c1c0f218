/** The sends that Meta has not answered yet, by sending number. */
export class SendsInFlight {
  readonly #byNumber = new Map<string, Set<Promise<void>>>();

  /** Runs a send of this number. It counts as in flight until `send` resolves, which includes its row on disk. */
  async run<Result>(phoneNumberId: string, send: () => Promise<Result>): Promise<Result> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const own = this.#byNumber.get(phoneNumberId) ?? new Set();
    this.#byNumber.set(phoneNumberId, own.add(promise));
    try {
      return await send();
    } finally {
      own.delete(promise);
      if (own.size === 0) this.#byNumber.delete(phoneNumberId);
      resolve();
    }
  }

  /** A promise that resolves once the sends now in flight are done; null when there are none. */
  settled(phoneNumberId: string): Promise<unknown> | null {
    const own = this.#byNumber.get(phoneNumberId);
    return own ? Promise.all(own) : null;
  }
}
