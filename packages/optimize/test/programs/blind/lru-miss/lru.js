/** Keeps what was used last. */
export class Lru {
  #kept = new Map();
  #size;
  #load;

  constructor(size, load) {
    this.#size = size;
    this.#load = load;
  }

  async get(key) {
    const value = this.#kept.has(key) ? this.#kept.get(key) : await this.#load(key);
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size > this.#size) this.#kept.delete(this.#kept.keys().next().value);
    return value;
  }
}
