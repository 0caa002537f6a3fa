// The page of one's own keys 我的签名密钥: made here, given as a file, registered, kept in this browser, revoked.
import { canSign, message, sign } from "./actions.js";
import { keep, forget, kept } from "./keystore.js";
import { newKeyFile, readKeyFile, usable } from "./keyfile.js";
import { Refusal, ask, download, fill, fingerprint, onPress, say, told } from "./page.js";
import { hex, utf8 } from "./bytes.js";
import { sha256 } from "./hash.js";

const root = document.querySelector("[data-own-keys]");
const words = told(root, "words");
const own = told(root, "own");
const part = (name) => root.querySelector(`[data-part="${name}"]`);
let made = null;

/** Register keys: the signing key, and an officer's recipient, each signed with the key itself; then keep them here. */
async function register(keys) {
  const signed = async (kind, body) => sign(keys, message(own.chain, kind, own.person, body));
  if (keys.public !== own.public) {
    const body = { person: own.person, pub: keys.public, role: own.role };
    await ask(root.dataset.register, { public: keys.public, sig: await signed("key.registered", body) });
  }
  if (keys.recipient && keys.recipient !== own.recipient) {
    const body = { id: own.person, recipient: keys.recipient };
    await ask(root.dataset.recipient, { recipient: keys.recipient, sig: await signed("officer.key", body) });
  }
  await keep("keys", keys);
  location.reload();
}

/** The keys of the chosen file, when they are this person's. */
async function chosen() {
  const [file] = part("file").files;
  if (!file) throw new Refusal(words.choose);
  let keys;
  try {
    keys = await usable(readKeyFile(new Uint8Array(await file.arrayBuffer())));
  } catch {
    throw new Refusal(words.unreadable);
  }
  if (keys.person !== own.person || keys.role !== own.role) throw new Refusal(words.stranger);
  if (own.role === "officer" && !keys.recipient) throw new Refusal(words.unreadable);
  return keys;
}

async function show() {
  if (!(await canSign())) {
    say(root, words.unable, "error");
    return;
  }
  const keys = await kept("keys", own.person);
  const here = keys && keys.public === own.public;
  part("held").textContent = here ? fill(words.held, { fingerprint: fingerprint(keys.public) }) : words.none;
  if (own.recipient) part("recipient-print").textContent = hex(await sha256(utf8(own.recipient))).slice(0, 16);
  part("forget").hidden = !keys;
  part("work").hidden = false;
}

onPress(root, part("make"), words, async () => {
  made = await newKeyFile(own.person, own.role);
  const keys = await usable(made);
  download(`${own.person}.key`, made);
  part("made").textContent = fill(words.made, { fingerprint: fingerprint(keys.public) });
  part("saved").hidden = false;
  part("register").focus();
});
onPress(root, part("register"), words, async () => register(await usable(made)));
onPress(root, part("again"), words, async () => download(`${own.person}.key`, made));
onPress(root, part("import"), words, async () => register(await chosen()));
onPress(root, part("forget"), words, async () => {
  await forget("keys", own.person);
  location.reload();
});
if (part("revoke")) {
  onPress(root, part("revoke"), words, async () => {
    if (!part("sure").checked) throw new Refusal(words.sure);
    const keys = part("file").files.length ? await chosen() : await kept("keys", own.person);
    if (!keys || keys.public !== own.public) throw new Refusal(words.none);
    await ask(root.dataset.revoke, { sig: await sign(keys, utf8(own.to_revoke)) });
    await forget("keys", own.person);
    location.reload();
  });
}
await show();
