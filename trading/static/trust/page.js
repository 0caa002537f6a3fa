// What the pages of this folder share with the reader 页面往来: words of the page, notes, downloads, the platform's JSON.
import { canonicalText } from "./canonical.js";

/** The page spoke: its message is for the reader. */
export class Refusal extends Error {}

/** Words and facts that the page carries for its script, as JSON in an attribute. */
export function told(element, name) {
  return JSON.parse(element.dataset[name]);
}

/** Put values into a sentence of the page: {name} is replaced. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Say something in the page's note; kind: success, warning, error or empty for a plain one. */
export function say(root, sentence, kind = "") {
  const note = root.querySelector("[data-note]");
  note.className = kind ? `note note-${kind}` : "note";
  note.replaceChildren(Object.assign(document.createElement("p"), { textContent: sentence }));
  note.hidden = false;
}

/** Do something for a pressed button: pressed twice it is done once, and what goes wrong is said. */
export function onPress(root, button, words, work) {
  button.addEventListener("click", () => once(root, button, words, work));
}

/** The same for a form that is worked on here and sent nowhere. */
export function onSend(root, form, words, work) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    once(root, form.querySelector("[type=submit]"), words, work);
  });
}

async function once(root, button, words, work) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    await work();
  } catch (error) {
    say(root, error instanceof Refusal ? error.message : fill(words.failed, { error: error.message }), "error");
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** Ask the platform; a refusal is thrown with the platform's own sentence. */
export async function ask(address, body) {
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  const post = { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(address, body === undefined ? { headers } : post);
  const said = await answer.json();
  if (!answer.ok) throw new Refusal([said.message, ...Object.values(said.fields ?? {}).flat()].filter(Boolean).join(" "));
  return said;
}

/** Give the reader a file of canonical JSON. */
export function download(name, value) {
  give(name, canonicalText(value), "application/json");
}

/** Give the reader a text as a file. */
export function give(name, content, type = "text/plain") {
  const address = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The fixed beginning by which people compare keys. */
export function fingerprint(digits) {
  return digits.slice(0, 16).replace(/.{4}(?=.)/g, "$& ");
}
