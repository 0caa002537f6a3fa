// Canonical bytes 规范字节: RFC 8785 narrowed to PT-JSON (trust.md 8.1), as trading/ledger/canonical.py writes them.
import { same, text, utf8 } from "./bytes.js";

const KEY = /^[A-Za-z0-9_.:-]{1,128}$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The value or text is outside the profile PT-JSON. */
export class CanonicalError extends Error {}

/** The canonical text of a value of null, true, false, whole numbers, strings, arrays and plain objects. */
export function canonicalText(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new CanonicalError(`no whole number within 2^53-1: ${value}`);
    return String(value);
  }
  if (typeof value === "string") {
    if (LONE_SURROGATE.test(value)) throw new CanonicalError("a lone surrogate");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object") throw new CanonicalError(`not in the profile: ${typeof value}`);
  return `{${Object.keys(value).sort().map((key) => member(key, value[key])).join(",")}}`;
}

function member(key, value) {
  if (!KEY.test(key)) throw new CanonicalError(`not a key: ${JSON.stringify(key)}`);
  return `"${key}":${canonicalText(value)}`;
}

/** The canonical bytes of a value. */
export function canonical(value) {
  return utf8(canonicalText(value));
}

/** The value of bytes that are canonical already; throws for white space, key order, needless escapes, a key twice. */
export function strict(bytes) {
  let value;
  try {
    value = JSON.parse(text(bytes));
    if (same(canonical(value), bytes)) return value;
  } catch (error) {
    throw new CanonicalError(String(error));
  }
  throw new CanonicalError("not in canonical form");
}
