/**
 * The draft of the sighting form, whichever start it has: kept a second after the last key in this browser, and on the
 * server for one who is signed in; brought back when the form is opened again; gone once it is saved.
 *
 * Of two tabs, or two browsers, the newer wins and the other is told.
 */

import { showToast } from "../toast.js";
import { DraftBar } from "./bar.js";
import { fieldsOf, fill, isRead, valueOf } from "./fields.js";
import { ServerCopy } from "./server.js";
import { Shelf } from "./shelf.js";

const SAVE_AFTER_MS = 1000;
const LONGEST_WAIT_MS = 1500;

export class Draft {
  #form;
  #bar;
  #shelf;
  #server;
  #parts;
  #blank = "";
  #timer;
  #touched = false;
  #closed = false;
  #tab = Math.random().toString(36).slice(2);

  /** `readText(fields)` shows a text that was read again, `showStart(form, start)` turns to a start. */
  constructor(form, parts) {
    const { owner, draftUrl, keepDraftUrl, dropDraftUrl } = form.dataset;
    this.#parts = parts;
    this.#shelf = new Shelf(owner);
    this.#server = new ServerCopy(
      { show: draftUrl, keep: keepDraftUrl, drop: dropDraftUrl },
      () => this.#form.elements.csrf_token.value,
    );
    this.#bar = new DraftBar(form);
    this.follow(form);
    this.#blank = JSON.stringify(fieldsOf(form));
    this.#shelf.watch((record) => this.#changedElsewhere(record));
    addEventListener("pagehide", () => this.#timer && this.#saveHere());
    document.addEventListener("visibilitychange", () => document.hidden && this.#timer && this.save());
    addEventListener("pageshow", () => (this.#closed = false));
  }

  /** Go on with the form that took the place of the one before. */
  follow(form) {
    this.#form = form;
    this.#bar.follow(form);
    for (const event of ["input", "change"]) form.addEventListener(event, () => this.touch());
    form.addEventListener("submit", (event) => this.#submitted(event));
  }

  /** Something was typed, chosen or decided. */
  touch() {
    this.#touched = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  async save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#closed) return;
    const at = Date.now();
    const fields = fieldsOf(this.#form);
    if (!this.#saveHere()) this.#bar.notKept();
    else this.#bar.kept(at, false, false);
    const { ok, overtaken, refused } = await this.#server.keep(fields);
    if (ok || refused) this.#bar.kept(at, ok, refused);
    if (ok && !this.#timer && !this.#closed) this.#saveHere();
    if (overtaken && this.#touched) this.#bar.overtook(overtaken);
  }

  /** Bring back what was typed before; a form that came back from the server is the newest itself. */
  async begin() {
    this.#server.began(this.#shelf.draft?.saves ?? 0);
    if (this.#form.dataset.fresh === undefined) return this.touch();
    this.#offerUndo();
    if (this.#shelf.aside) return;
    const here = this.#ownOrNobodys();
    if (here && !here.sent) await this.#restore(here);
    const there = await this.#server.find();
    if (here?.sent) {
      // Saving takes the server's copy away: without one the form has arrived.
      if (there === null) return this.#shelf.put(null);
      await this.#restore(here);
    }
    if (!there || (here && (here.saves >= there.saves || here.at >= there.at))) return;
    if (this.#touched) this.#bar.elsewhere("Another browser", there.at, () => this.#restore(there));
    else await this.#restore(there);
  }

  #saveHere() {
    const fields = fieldsOf(this.#form);
    if (JSON.stringify(fields) === this.#blank) return true;
    return this.#shelf.put({ at: Date.now(), tab: this.#tab, saves: this.#server.saves, fields });
  }

  /** What was typed before signing in belongs to whoever signs in next in this browser. */
  #ownOrNobodys() {
    const own = this.#shelf.draft;
    if (!this.#server.isThere) return own;
    const nobodys = new Shelf("");
    const found = nobodys.draft;
    if (!found || (own && own.at >= found.at)) return own;
    this.#shelf.put(found);
    nobodys.put(null);
    return found;
  }

  async #restore(draft) {
    this.#server.began(draft.saves ?? 0);
    const start = valueOf(draft.fields, "start");
    const isShown = isRead(draft.fields) && (await this.#parts.readText(draft.fields));
    if (!isShown) {
      this.#parts.showStart(this.#form, start);
      fill(this.#form, draft.fields);
    }
    this.#touched = false;
    this.#shelf.put({ ...draft, tab: this.#tab, sent: undefined });
    this.#bar.back(draft.at, () => this.#startFresh());
  }

  async #startFresh() {
    this.#saveHere();
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#shelf.setAside();
    await Promise.race([this.#server.drop(), new Promise((done) => setTimeout(done, LONGEST_WAIT_MS))]);
    location.assign(this.#form.dataset.newUrl);
  }

  #offerUndo() {
    const aside = this.#shelf.aside;
    if (!aside) return;
    showToast("Started fresh. The draft is gone.", {
      shownMs: aside.left,
      undo: async () => {
        this.#shelf.forgetAside();
        await this.#restore({ ...aside.draft, saves: 0 });
        await this.save();
      },
    });
  }

  #changedElsewhere(record) {
    if (record?.tab === this.#tab) return;
    if (record === null) return this.#touched && this.#bar.gone();
    const isSame = JSON.stringify(record.fields) === JSON.stringify(fieldsOf(this.#form));
    if (record.sent || isSame) return;
    this.#bar.elsewhere("Another tab", record.at, () => this.#restore(this.#shelf.draft ?? record));
  }

  /** The draft goes with the form; what is still on its way to the server must not come after it. */
  #submitted(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saveHere();
    this.#shelf.markSent();
    this.#closed = true;
    if (!this.#server.running) return;
    event.preventDefault();
    const late = new Promise((done) => setTimeout(done, LONGEST_WAIT_MS));
    Promise.race([this.#server.running, late]).then(() => {
      this.#server.running = null;
      this.#form.requestSubmit(event.submitter);
    });
  }
}
