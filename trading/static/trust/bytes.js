// Bytes and their spellings 字节与编码: hex, base64, UTF-8, big-endian lengths; each read in one spelling only.

export const LINE_FEED = Uint8Array.of(10);

/** UTF-8 bytes of a text. */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** The text of UTF-8 bytes; a byte-order mark stays a character; throws for other bytes. */
export function text(bytes) {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Lower-case hex. */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of lower-case hex; throws for any other spelling, and for another length when one is asked. */
export function unhex(digits, length) {
  if (!/^(?:[0-9a-f]{2})*$/.test(digits) || (length !== undefined && digits.length !== 2 * length)) {
    throw new Error("no lower-case hex of the right length");
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}

/** Base64 with padding. */
export function base64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/** The bytes of base64; throws unless encoding them again gives the same letters. */
export function unbase64(letters) {
  const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  if (base64(bytes) !== letters) throw new Error("no canonical base64");
  return bytes;
}

/** All bytes of all parts, in order. */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A length in four bytes, the largest first. */
export function u32be(number) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** A length in eight bytes, the largest first. */
export function u64be(number) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}

/** Whether two byte strings are the same. */
export function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
