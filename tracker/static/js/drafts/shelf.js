/**
 * Where this browser keeps drafts: one for each account, and one for somebody who is not signed in, which never leaves
 * the browser. A browser that keeps nothing, or is full, only loses the draft, never the form.
 */

const PREFIX = "shot-here-draft:";
const UNDO = ":undo";
const KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000;
const SENT_FOR_MS = 10 * 60 * 1000;
export const UNDO_MS = 10_000;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, record) {
  try {
    if (record) localStorage.setItem(key, JSON.stringify(record));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** The draft of one owner, "" without an account. A record is {at, tab, saves, fields, sent}. */
export class Shelf {
  #key;

  constructor(owner) {
    this.#key = PREFIX + owner;
  }

  get draft() {
    const found = read(this.#key);
    return found && Date.now() - found.at < KEPT_FOR_MS && Array.isArray(found.fields) ? found : null;
  }

  /** Put a draft there, null to clear it; false where the browser would not. */
  put(record) {
    return write(this.#key, record);
  }

  /** Call `changed(record)` when another tab changed the draft; null means that it is gone. */
  watch(changed) {
    addEventListener("storage", (event) => {
      if (event.key === this.#key) changed(event.newValue === null ? null : this.draft);
    });
  }

  /** Take the draft away, but so that it can be brought back for a few seconds. */
  setAside() {
    const draft = this.draft;
    if (draft) write(this.#key + UNDO, { draft, until: Date.now() + UNDO_MS });
    this.put(null);
  }

  /** What was set aside, with the milliseconds for which it can still be brought back; null when it is too late. */
  get aside() {
    const found = read(this.#key + UNDO);
    if (!found) return null;
    const left = found.until - Date.now();
    if (left > 0) return { draft: found.draft, left };
    this.forgetAside();
    return null;
  }

  forgetAside() {
    write(this.#key + UNDO, null);
  }

  /** The form is on its way; the page that follows takes the draft away. */
  markSent() {
    const draft = this.draft;
    if (draft) this.put({ ...draft, sent: Date.now() });
  }

  clearSent() {
    const draft = this.draft;
    if (draft?.sent && Date.now() - draft.sent < SENT_FOR_MS) this.put(null);
  }
}
