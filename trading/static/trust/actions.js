// Personal signatures 个人签名 (ptaction/v1, trust.md 8.7): the bytes that are signed, and Ed25519 by WebCrypto.
import { concat, hex, unhex, utf8 } from "./bytes.js";
import { canonical } from "./canonical.js";

// RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8.
const BEFORE_SEED = unhex("302e020100300506032b657004220420");
const UNSIGNED = ["sigs", "t_recv"];

/** The bytes that are signed for an entry; sigs and t_recv come after the signature and are left out. */
export function message(chain, kind, actor, body) {
  const signed = Object.fromEntries(Object.entries(body).filter(([name]) => !UNSIGNED.includes(name)));
  return concat(utf8("ptaction/v1\n"), canonical({ actor, body: signed, kind, tender: chain }));
}

/** A signing key from its seed (32 bytes): {private, public}; the private half cannot be read out again. */
export async function fromSeed(seed) {
  const wrapped = concat(BEFORE_SEED, seed);
  const open = await crypto.subtle.importKey("pkcs8", wrapped, { name: "Ed25519" }, true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", open);
  const held = await crypto.subtle.importKey("pkcs8", wrapped, { name: "Ed25519" }, false, ["sign"]);
  return { private: held, public: hex(Uint8Array.from(atob(unurled(x)), (letter) => letter.charCodeAt(0))) };
}

function unurled(letters) {
  return letters.replaceAll("-", "+").replaceAll("_", "/");
}

/** The seed of a new key, 64 hex digits. */
export function newSeed() {
  return hex(crypto.getRandomValues(new Uint8Array(32)));
}

/** The signature over bytes, 128 hex digits. */
export async function sign(key, bytes) {
  return hex(new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, key.private, bytes)));
}

/** Whether this browser can sign with Ed25519. */
export async function canSign() {
  try {
    await fromSeed(new Uint8Array(32));
    return true;
  } catch {
    return false;
  }
}
