// The key file 密钥文件: a person's private keys as canonical JSON, the same that the command line writes and reads.
import { fromSeed, newSeed } from "./actions.js";
import { concat, unhex } from "./bytes.js";
import { strict } from "./canonical.js";

const ALG = "ptkey/1";
// RFC 8410: what stands before the 32 bytes of an X25519 private key in PKCS #8.
const BEFORE_KEY = unhex("302e020100300506032b656e04220420");

/** A new key file; an opening officer's holds an age identity too. */
export async function newKeyFile(person, role) {
  const file = { alg: ALG, person, role, ed25519: newSeed() };
  if (role !== "officer") return file;
  const { newIdentity } = await import("./ptbid.js");
  return { ...file, age: await newIdentity() };
}

/** A key file read from its bytes; a last line feed is overlooked. Throws for anything else. */
export function readKeyFile(bytes) {
  const end = bytes.at(-1) === 10 ? bytes.length - 1 : bytes.length;
  const file = strict(bytes.subarray(0, end));
  const texts = ["alg", "person", "role", "ed25519"].every((name) => typeof file?.[name] === "string");
  if (!texts || file.alg !== ALG) throw new Error("no key file");
  unhex(file.ed25519, 32);
  return file;
}

/**
 * The keys of a key file, ready for use: {person, role, public, private} and of an officer {recipient, opening}.
 * The private halves are held by the browser and cannot be read out again.
 */
export async function usable(file) {
  const { person, role } = file;
  const keys = { person, role, ...(await fromSeed(unhex(file.ed25519, 32))) };
  if (!file.age) return keys;
  const { keyOf, recipientOf } = await import("./ptbid.js");
  const wrapped = concat(BEFORE_KEY, keyOf(file.age));
  const opening = await crypto.subtle.importKey("pkcs8", wrapped, { name: "X25519" }, false, ["deriveBits"]);
  return { ...keys, recipient: await recipientOf(file.age), opening };
}
