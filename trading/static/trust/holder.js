// Whose key signs here 持钥人: the key kept in this browser, or that of a key file chosen for this once.
import { kept } from "./keystore.js";
import { readKeyFile, usable } from "./keyfile.js";
import { Refusal, fill, fingerprint, told } from "./page.js";

/**
 * The part of a page where a person says which key to use: the markup of macros/own_machine.html.
 * Its words are the page's; keys() gives the person's keys, or throws a Refusal that says what is missing.
 */
export class Holder {
  constructor(root) {
    this.root = root;
    this.words = told(root, "words");
    this.person = root.dataset.person;
    this.registered = root.dataset.public;
    this.file = root.querySelector("input[type=file]");
  }

  /** Show what this browser holds. */
  async show() {
    const keys = await this.inBrowser();
    const line = this.root.querySelector("[data-held]");
    line.textContent = keys ? fill(this.words.held, { fingerprint: fingerprint(keys.public) }) : this.words.none;
    this.root.hidden = false;
  }

  /** The registered key, when this browser holds it. */
  async inBrowser() {
    const keys = await kept("keys", this.person);
    return keys && keys.public === this.registered ? keys : undefined;
  }

  /** The keys to use now. */
  async keys() {
    if (!this.file.files.length) {
      const keys = await this.inBrowser();
      if (!keys) throw new Refusal(this.words.none);
      return keys;
    }
    const keys = await this.fromFile(this.file.files[0]);
    if (keys.public !== this.registered) throw new Refusal(this.words.other);
    return keys;
  }

  /** The keys of a chosen file, when it is this person's. */
  async fromFile(file) {
    let keys;
    try {
      keys = await usable(readKeyFile(new Uint8Array(await file.arrayBuffer())));
    } catch {
      throw new Refusal(this.words.unreadable);
    }
    if (keys.person !== this.person) throw new Refusal(this.words.stranger);
    return keys;
  }
}
