/** The sends that Meta has not answered yet, by the number that they go from. */
export class SendsInFlight {
  readonly #byNumber = new Map<string, Set<Promise<void>>>();

  /** Runs a send of this number. It counts until all of it is done, its row on disk included. */
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

  /** Resolves once the sends that are under way now are done; null where there are none. */
  settled(phoneNumberId: string): Promise<unknown> | null {
    const own = this.#byNumber.get(phoneNumberId);
    return own ? Promise.all(own) : null;
  }
}
