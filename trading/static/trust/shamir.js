// Shares of a bid's key 密钥份额: derived from the key itself (trust.md 8.8), as trading/sealing/shares.py derives them.
import { utf8 } from "./bytes.js";
import { digest, hmac } from "./hash.js";

const KEY_BYTES = 32;
const MOST = 255;

/** The groups, when keys can be shared among them; throws for a threshold nobody can meet or an officer twice. */
export function checked(groups) {
  const ids = groups.flatMap((group) => group.officers.map((officer) => officer.id));
  const fits = ({ k, officers }) => Number.isInteger(k) && k > 0 && k <= officers.length && officers.length <= MOST;
  if (!groups.length || groups.length > MOST || !groups.every(fits)) throw new Error("groups that cannot share a key");
  if (new Set(ids).size !== ids.length) throw new Error("an officer sits in one group only");
  return groups;
}

/** All shares {g, o, x, y} of a key, group by group and officer by officer; y is 32 bytes. */
export async function sharesOf(key, ctx, groups) {
  if (key.length !== KEY_BYTES) throw new Error("a bid key has 32 bytes");
  const secrets = [];
  for (let g = 0; g < checked(groups).length - 1; g += 1) {
    secrets.push(await hmac(key, utf8("ptbid/group/v1\n"), ctx, Uint8Array.of(g)));
  }
  secrets.push(secrets.reduce(xor, key));
  const shares = [];
  for (const [g, group] of groups.entries()) {
    const terms = [secrets[g]];
    for (let j = 1; j < group.k; j += 1) {
      terms.push(await hmac(secrets[g], utf8("ptbid/shamir/v1\n"), ctx, Uint8Array.of(g, j)));
    }
    group.officers.forEach((officer, at) => shares.push({ g, o: officer.id, x: at + 1, y: valueAt(at + 1, terms) }));
  }
  return shares;
}

/** What the header says of a share before anybody may see it: 32 bytes. */
export async function commitment(share, ctx) {
  return digest("ptbid/share/v1", ctx, Uint8Array.of(share.g), utf8(share.o), Uint8Array.of(share.x), share.y);
}

/** The key from the shares of at least k officers of every group; throws when a group has too few. */
export function combined(shares, groups) {
  const secrets = checked(groups).map((group, g) => {
    const seated = new Map(shares.filter((share) => share.g === g).map((share) => [share.x, share.y]));
    if (seated.size < group.k) throw new Error(`group ${g}: ${seated.size} of ${group.k} officers`);
    return valueAtZero([...seated].slice(0, group.k));
  });
  return secrets.reduce(xor);
}

/** The polynomial with these terms (the constant first) at x, byte by byte. */
function valueAt(x, terms) {
  return terms.reduceRight((value, term) => xor(value.map((byte) => times(byte, x)), term), new Uint8Array(KEY_BYTES));
}

/** The polynomial through these points at 0 (Lagrange); minus is plus in this field. */
function valueAtZero(points) {
  return points.reduce((sum, [x, y]) => {
    const others = points.map(([other]) => other).filter((other) => other !== x);
    const weight = others.reduce((product, other) => times(product, times(other, inverse(other ^ x))), 1);
    return xor(sum, y.map((byte) => times(byte, weight)));
  }, new Uint8Array(KEY_BYTES));
}

/** The product in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1. */
function times(a, b) {
  let product = 0;
  for (; b; b >>= 1) {
    if (b & 1) product ^= a;
    a = (a << 1) ^ (a & 0x80 ? 0x11b : 0);
  }
  return product;
}

/** The a^254 that undoes a. */
function inverse(a) {
  let result = 1;
  for (let bit = 0, power = a; bit < 7; bit += 1) {
    power = times(power, power);
    result = times(result, power);
  }
  return result;
}

function xor(one, other) {
  return one.map((byte, at) => byte ^ other[at]);
}
