// Hashes 摘要: SHA-256, the labelled hash H of trust.md 8.1 and HMAC, all from the browser's own WebCrypto.
import { LINE_FEED, concat, u64be, utf8 } from "./bytes.js";

/** SHA-256, 32 bytes. */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** H(label, parts): SHA-256 over the label line and each part behind its length. */
export async function digest(label, ...parts) {
  return sha256(concat(utf8(label), LINE_FEED, ...parts.flatMap((part) => [u64be(part.length), part])));
}

/** HMAC-SHA256 over the parts, without lengths between them. */
export async function hmac(key, ...parts) {
  const held = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", held, concat(...parts)));
}
