// What an opening officer does on a machine of his own 开标密钥持有人: answers the rehearsal, unwraps shares, hands them in.
import { text, unbase64 } from "./bytes.js";
import { Holder } from "./holder.js";
import { Refusal, ask, fill, onPress, say, told } from "./page.js";

const root = document.querySelector("[data-officer-work]");
const words = told(root, "words");
const plain = [...document.querySelectorAll("main form")].at(-1);
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const holder = new Holder(root.querySelector("[data-holder]"));
let rows = [];

/** The officer's keys, the opening one among them. */
async function keys() {
  const held = await holder.keys();
  if (!held.opening) throw new Refusal(words.identity);
  return held;
}

/** Put hidden answers into the step's own form and send it. */
function send(answers) {
  for (const [name, value] of Object.entries(answers)) {
    const field = plain.querySelector(`[name="${name}"]`);
    if (field) field.value = value;
    else plain.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  plain.submit();
}

/** Ask for a trial, open it, answer. */
async function rehearse() {
  const { opening } = await keys();
  const { decrypted } = await import("./ptbid.js");
  const { facts } = await ask(root.dataset.step, {});
  let answer;
  try {
    answer = text(await decrypted(unbase64(facts.trial), opening));
  } catch {
    throw new Refusal(words.closed);
  }
  send({ answer });
}

/** One row of what is handed in: the share, or that the bidder gave none. */
async function unwrapped({ envelope, header }, { person, recipient, opening }) {
  const { envelopeId, unwrap } = await import("./ptbid.js");
  if (header.tender !== root.dataset.code || (await envelopeId(header)) !== envelope) throw new Refusal(words.bundle);
  const own = header.groups.flatMap((group) => group.officers).find((officer) => officer.id === person);
  if (own?.recipient !== recipient) throw new Refusal(words.recipient);
  try {
    return { envelope, value: await unwrap(header, person, opening), fault: null };
  } catch {
    return { envelope, value: null, fault: words.fault };
  }
}

async function fetchAndUnwrap() {
  const held = await keys();
  const { envelopes } = await ask(root.dataset.bundle);
  show(await Promise.all(envelopes.map((one) => unwrapped(one, held))));
}

/** The rows of a file that was made offline. */
async function readFile() {
  const [file] = part("file").files;
  try {
    const { shares } = JSON.parse(await file.text());
    if (!shares.every((row) => typeof row.envelope === "string" && (row.value || row.fault))) throw new Error("no rows");
    show(shares);
  } catch {
    throw new Refusal(words.file);
  }
}

function show(found) {
  rows = found;
  const cells = (texts) => {
    const line = document.createElement("tr");
    line.append(...texts.map((told) => Object.assign(document.createElement("td"), { textContent: told })));
    return line;
  };
  part("rows").replaceChildren(...rows.map((row) => cells([`${row.envelope.slice(0, 16)}…`, row.value ? words.good : row.fault])));
  part("result").hidden = false;
  const good = rows.filter((row) => row.value).length;
  say(root, fill(words.unwrapped, { count: rows.length, good }), good === rows.length ? "success" : "warning");
  part("send").focus();
}

function handIn() {
  const named = rows.flatMap((row, at) =>
    ["envelope", "value", "fault"].filter((name) => row[name]).map((name) => [`shares-${at}-${name}`, row[name]]));
  send(Object.fromEntries(named));
}

if (root.dataset.officerWork === "rehearsal") onPress(root, part("go"), words, rehearse);
else {
  onPress(root, part("go"), words, fetchAndUnwrap);
  onPress(root, part("read"), words, readFile);
  onPress(root, part("send"), words, async () => handIn());
  plain.hidden = true;
}
root.hidden = false;
await holder.show();
