// A party's part in the draw 抽取承诺与揭示: the secret is made here and lies in the party's own file.
import { base64 } from "./bytes.js";
import { canonicalText, strict } from "./canonical.js";
import { anchor, newSecret, reveal } from "./chain.js";
import { Refusal, ask, download, onPress, say, told } from "./page.js";

const root = document.querySelector("[data-draw-work]");
const words = told(root, "words");
const { code, party } = root.dataset;
const plain = [...document.querySelectorAll("main form")].at(-1);
const part = (name) => root.querySelector(`[data-part="${name}"]`);

/** The draw under way, as the platform tells its parties. */
async function underWay() {
  const [newest] = (await ask(root.dataset.draw)).draws;
  if (!newest) throw new Refusal(words.none);
  return newest;
}

function send(answers) {
  for (const [name, value] of Object.entries(answers)) plain.querySelector(`[name="${name}"]`).value = value;
  plain.submit();
}

async function commit() {
  const { sealSecret } = await import("./ptbid.js");
  const [{ draw }, { groups }] = [await underWay(), await ask(root.dataset.notice)];
  const secret = newSecret();
  const at = { tender: code, part: `draw-${draw.split("-").at(-1)}-${party}`, bidder: party };
  const { header, ciphertext } = await sealSecret(at, groups, secret);
  const escrow = { header, ciphertext: base64(new Uint8Array(await ciphertext.arrayBuffer())) };
  download(`${draw.replaceAll("/", "-")}-${party}.secret`, { alg: "ptdraw-secret/1", draw, party, secret });
  say(root, words.made, "success");
  send({ anchor: await anchor(draw, party, secret), escrow: canonicalText(escrow) });
}

/** The secret in the chosen file, when it is this party's for this draw. */
async function chosen({ draw, anchors }) {
  const [file] = part("file").files;
  if (!file) throw new Refusal(words.choose);
  try {
    const kept = strict(new Uint8Array(await file.arrayBuffer()));
    const own = kept.alg === "ptdraw-secret/1" && kept.draw === draw && kept.party === party;
    if (own && (await anchor(draw, party, kept.secret)) === anchors[party]) return kept.secret;
  } catch {
    // no file of ours: said below like any other wrong file
  }
  throw new Refusal(words.file);
}

async function revealRound() {
  const newest = await underWay();
  const secret = await chosen(newest);
  const open = newest.revealed.length > 0 && !newest.revealed.at(-1).includes(party);
  const round = open ? newest.revealed.length - 1 : newest.revealed.length;
  send({ value: await reveal(newest.draw, party, secret, round) });
}

/** The officers opened this party's escrow: its value can be taken from there. */
async function offerEscrow() {
  const [newest] = (await ask(root.dataset.draw)).draws;
  if (!newest?.escrow_open.includes(party)) return;
  onPress(root, part("escrowed"), words, async () => send({ value: (await ask(root.dataset.escrowed)).value }));
  part("escrow").hidden = false;
}

onPress(root, part("go"), words, root.dataset.drawWork === "commit" ? commit : revealRound);
plain.hidden = true;
root.hidden = false;
if (root.dataset.drawWork === "reveal") await offerEscrow();
