/** A first-in, first-out queue in which taking an item costs the same however long it is. */
export class Fifo<Item> {
  #items: Item[] = [];
  #taken = 0;

  get size(): number {
    return this.#items.length - this.#taken;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  first(): Item | undefined {
    return this.#items[this.#taken];
  }

  shift(): Item | undefined {
    const item = this.first();
    if (this.size > 0) this.#taken += 1;
    if (this.#taken * 2 < this.#items.length) return item;
    this.#items = this.#items.slice(this.#taken);
    this.#taken = 0;
    return item;
  }
}
