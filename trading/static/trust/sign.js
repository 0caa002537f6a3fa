// The signature on the check page 核对页签名: what is shown is what is signed; the key stays with the person.
import { fromSeed, message, newSeed, sign } from "./actions.js";
import { hex, text, unhex } from "./bytes.js";
import { sha256 } from "./hash.js";
import { Holder } from "./holder.js";
import { Refusal, fill, say, told } from "./page.js";

const root = document.querySelector("[data-signing]");
const words = told(root, "words");
const [wanted] = told(root, "sign");
const form = root.closest("form");
const field = form.querySelector("[name=sig]");
const holder = new Holder(root.querySelector("[data-holder]"));

/** The bytes to sign, made anew here from what the page shows; other bytes than the platform's are not signed. */
async function content() {
  const bytes = message(root.dataset.chain, wanted.kind, wanted.actor, wanted.body);
  if (text(bytes) !== wanted.text || hex(await sha256(bytes)) !== wanted.sha256) throw new Refusal(words.differs);
  return bytes;
}

/** A key for this act alone, so that nothing links a pseudonym to the person: registered by its own signature. */
async function fresh() {
  const keys = await fromSeed(unhex(newSeed()));
  const { chain, person, role } = wanted.fresh;
  const registration = message(chain, "key.registered", person, { person, pub: keys.public, role });
  form.querySelector("[name=public]").value = keys.public;
  form.querySelector("[name=proof]").value = await sign(keys, registration);
  return keys;
}

form.addEventListener("submit", async (event) => {
  if (event.submitter?.name !== "confirmed" || field.value.trim()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  try {
    field.value = await sign(wanted.fresh ? await fresh() : await holder.keys(), await content());
    form.requestSubmit(event.submitter);
  } catch (error) {
    say(root, error instanceof Refusal ? error.message : fill(words.failed, { error: error.message }), "error");
  }
});
root.querySelector("[data-by-hand]").open = false;
if (!wanted.fresh) await holder.show();
