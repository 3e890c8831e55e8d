/** The copy of a draft on the server, for one who is signed in: it is there in another browser too. */

/** `addresses` are {show, keep, drop}; without an account they are empty and nothing is asked. */
export class ServerCopy {
  #addresses;
  #token;
  #saves = 0;
  running = null;

  constructor(addresses, token) {
    this.#addresses = addresses;
    this.#token = token;
  }

  get isThere() {
    return Boolean(this.#addresses.keep);
  }

  get saves() {
    return this.#saves;
  }

  began(saves) {
    this.#saves = saves;
  }

  /** The draft on the server; null when there is none, undefined when that cannot be known. */
  async find() {
    if (!this.isThere) return undefined;
    const answer = await fetch(this.#addresses.show, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return undefined;
    const { saves, saved_at: savedAt, fields } = await answer.json();
    return fields.length ? { at: Date.parse(savedAt), saves, fields } : null;
  }

  /** Send a draft; resolves to {ok, overtaken, refused}. One is on its way at a time. */
  async keep(fields) {
    if (!this.isThere) return { ok: false };
    await this.running;
    this.running = this.#post(this.#addresses.keep, { fields, began: this.#saves });
    const answer = await this.running;
    this.running = null;
    if (!answer) return { ok: false };
    if (!answer.ok) return { ok: false, refused: answer.status === 400 || answer.status === 403 };
    const { saves, overtaken } = await answer.json();
    this.#saves = saves;
    return { ok: true, overtaken: overtaken ? Date.parse(overtaken) : null };
  }

  async drop() {
    if (!this.isThere) return;
    await this.running;
    await this.#post(this.#addresses.drop, {});
  }

  #post(address, body) {
    return fetch(address, {
      method: "POST",
      keepalive: JSON.stringify(body).length < 60_000,
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token(), Accept: "application/json" },
      body: JSON.stringify(body),
    }).catch(() => null);
  }
}
