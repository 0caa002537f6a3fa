// An amount is sealed on one's own machine 密封金额: a reserve, a final offer; the envelope goes, its key stays here.
import { base64, hex, unhex, utf8 } from "./bytes.js";
import { canonicalText, strict } from "./canonical.js";
import { fenOf } from "./money.js";
import { Refusal, ask, download, onPress, onSend, say, told } from "./page.js";

const DIGITS = 32;
const root = document.querySelector("[data-amount-desk]");
const words = told(root, "words");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const plain = document.querySelector("main form:has([name=envelope])");
const field = plain.querySelector("[name=envelope]");

/** Fen of what was typed; throws a Refusal that says what is wrong with it, with the cursor on it. */
function typed() {
  const input = part("sheet").querySelector("[name=amount]");
  const fen = fenOf(input.value);
  if (fen) return fen;
  input.focus();
  throw new Refusal(input.value.trim() ? words.amount : words.required);
}

function handIn(envelope) {
  field.value = envelope;
  plain.submit();
}

/** Seal the amount as 32 digits of fen: its length tells nothing. Its key is given to who sealed it. */
async function sealHere() {
  const fen = typed();
  say(root, words.sealing);
  const { identityOf, sealSecret } = await import("./ptbid.js");
  const { groups, ...place } = await ask(root.dataset.place);
  const made = await sealSecret(place, groups, hex(utf8(fen.toString().padStart(DIGITS, "0"))));
  const { header, ciphertext, envelope, key } = made;
  const kept = { alg: "ptbid-key/1", tender: place.tender, part: place.part, envelope, key };
  download(`${place.tender}-${place.part}-bid.key`, { ...kept, identity: identityOf(unhex(key)) });
  handIn(canonicalText({ header, ciphertext: base64(new Uint8Array(await ciphertext.arrayBuffer())) }));
}

/** The envelope in the file of `trading seal-amount`. */
async function offline() {
  const [file] = part("file").files;
  let made;
  try {
    made = strict(new Uint8Array(await file.arrayBuffer()));
  } catch {
    made = null;
  }
  if (!made?.header || !made.ciphertext) throw new Refusal(words.file);
  handIn(canonicalText(made));
}

if (part("desk")) {
  part("desk").hidden = false;
  onSend(root, part("sheet"), words, sealHere);
}
part("offline").hidden = false;
plain.hidden = true;
onPress(root, part("hand-in"), words, offline);
part("pending").hidden = !field.value;
onPress(root, part("go-on"), words, async () => plain.submit());
