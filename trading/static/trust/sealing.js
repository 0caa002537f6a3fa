// The sealing desk 密封台: sheet and files are sealed here, uploaded in pieces, and the header goes to check and signature.
import { canonicalText, strict } from "./canonical.js";
import { hex, unhex } from "./bytes.js";
import { priceSheet, techSheet } from "./contents.js";
import { sha256 } from "./hash.js";
import { forget, keep, kept } from "./keystore.js";
import { fenOf } from "./money.js";
import { Refusal, ask, download, fill, onPress, onSend, say, told } from "./page.js";
import { upload } from "./upload.js";

const root = document.querySelector("[data-sealing]");
const words = told(root, "words");
const parts = told(root, "parts");
const { bidder, code } = root.dataset;
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const plain = document.querySelector("main form:has([name=header])");
const sheet = part("sheet");
const bar = part("progress").querySelector("progress");
const place = (of) => `${code} ${of}`;

function progress(share) {
  part("progress").hidden = false;
  bar.value = Math.round(share * 100);
}

/** The chosen envelope of a lot with two. */
function chosenPart() {
  return parts.length > 1 ? sheet.querySelector("[name=part]:checked").value : parts[0];
}

/** What was typed, by name; throws a Refusal that says what is missing, with the cursor on it. */
function answers(priced) {
  const typed = {};
  for (const field of sheet.querySelectorAll(priced ? "[data-priced]" : "[data-none]")) {
    if (field.querySelector("input[type=radio]")) {
      const chosen = field.querySelector("input:checked");
      if (chosen?.value === "true") typed[chosen.name] = true;
      continue;
    }
    const [input, label] = [field.querySelector("input, textarea"), field.querySelector("label").textContent.trim()];
    const wrong = (sentence) => {
      input.focus();
      throw new Refusal(fill(sentence, { label }));
    };
    const value = input.value.trim();
    if (!value && field.hasAttribute("data-optional")) continue;
    if (!value) wrong(words.required);
    typed[input.name] = value;
    if (input.hasAttribute("data-echo") && (typed[input.name] = fenOf(value)?.toString()) === undefined) wrong(words.amount);
    if (input.inputMode === "numeric") {
      if (!/^[0-9]{1,9}$/.test(value)) wrong(words.whole);
      typed[input.name] = Number(value);
    }
  }
  return typed;
}

/** The files of the bid. */
function files() {
  const input = sheet.querySelector("[name=files]");
  if (!input.files.length) {
    input.focus();
    throw new Refusal(fill(words.required, { label: root.querySelector(`label[for="${input.id}"]`).textContent.trim() }));
  }
  return [...input.files].map((file) => ({ name: file.name, data: file }));
}

/** Seal what was typed and chosen; the envelope is kept here until it is handed in, its key goes to the bidder. */
async function sealHere() {
  const { sealSheet, identityOf } = await import("./ptbid.js");
  const at = { tender: code, part: chosenPart(), bidder };
  const { total, ...further } = answers(at.part !== "tech");
  const chosen = files();
  say(root, words.sealing);
  progress(0);
  const notice = await ask(root.dataset.notice);
  const filled = at.part === "tech" ? techSheet(at) : priceSheet(at, total, further);
  const made = await sealSheet(at, notice.groups, filled, chosen, progress);
  const key = { alg: "ptbid-key/1", tender: code, part: at.part, envelope: made.envelope, key: made.key };
  const sealed = { place: place(at.part), ...made, file: { ...key, identity: identityOf(unhex(made.key)) } };
  await keep("sealed", sealed);
  giveKey(sealed);
  return sealed;
}

function giveKey(sealed) {
  download(`${code}-${sealed.header.part}-bid.key`, sealed.file);
  say(root, fill(words.sealed, { envelope: sealed.envelope.slice(0, 16) }), "success");
}

/** Upload the ciphertext, then send the header on to check and signature. */
async function handIn({ header, ciphertext }) {
  const onPart = (share) => {
    progress(share);
    say(root, fill(words.uploading, { percent: Math.round(share * 100) }));
  };
  const onWait = (seconds) => say(root, fill(words.resuming, { seconds }), "warning");
  await upload(root.dataset.uploads + header.ct_sha256, ciphertext, onPart, onWait);
  say(root, words.uploaded, "success");
  plain.querySelector("[name=header]").value = canonicalText(header);
  plain.submit();
}

/** The envelope in the chosen files of `trading seal`. */
async function offline() {
  const chosen = [...part("offline-files").files];
  const [head, ciphertext] = ["header.json", "ciphertext.age"].map((name) => chosen.find((file) => file.name === name));
  if (!head || !ciphertext) throw new Refusal(words.files);
  let header;
  try {
    header = strict(new Uint8Array(await head.arrayBuffer()));
  } catch {
    throw new Refusal(words.files);
  }
  if (hex(await sha256(await ciphertext.arrayBuffer())) !== header.ct_sha256) throw new Refusal(words.mismatch);
  return { header, ciphertext };
}

/** The envelope that was sealed here last and waits to be handed in; else one that was handed in. */
async function waiting() {
  const sealed = (await Promise.all(parts.map((of) => kept("sealed", place(of))))).filter(Boolean);
  return sealed.find((one) => !one.handedIn) ?? sealed[0];
}

async function showWaiting() {
  const sealed = await waiting();
  part("pending").hidden = !sealed;
  if (!sealed) return;
  const sentence = sealed.handedIn ? words.handedIn : words.pending;
  part("pending-words").textContent = fill(sentence, { envelope: sealed.envelope.slice(0, 16) });
  part("go-on").hidden = Boolean(sealed.handedIn);
}

if (part("desk")) {
  part("desk").hidden = false;
  sheet.addEventListener("change", () => {
    const priced = chosenPart() !== "tech";
    for (const field of sheet.querySelectorAll("[data-priced]")) field.hidden = !priced;
  });
  onSend(root, sheet, words, async () => handIn(await sealHere()));
}
part("offline").hidden = false;
plain.hidden = true;
onPress(root, part("hand-in"), words, async () => handIn(await offline()));
onPress(root, part("go-on"), words, async () => handIn(await waiting()));
onPress(root, part("key"), words, async () => giveKey(await waiting()));
onPress(root, part("drop"), words, async () => {
  await forget("sealed", (await waiting()).place);
  await showWaiting();
});
await showWaiting();
