// Sealed envelopes 密封信封 (ptbid/1, trust.md 8.8): a bid is closed on the bidder's machine, shares go to the officers.
import { Decrypter, Encrypter, bech32, generateX25519Identity, identityToRecipient } from "./age.js";
import { base64, concat, hex, same, text, u32be, unbase64, unhex, utf8 } from "./bytes.js";
import { canonical, strict } from "./canonical.js";
import { digest, sha256 } from "./hash.js";
import { commitment, sharesOf } from "./shamir.js";

export const LOT = "1";
const IDENTITY = "AGE-SECRET-KEY-";
const BUCKET = 64 * 1024;
const END = 0x80;

/** What every hash of an envelope is bound to. */
export function context(tender, part) {
  return canonical([tender, LOT, part]);
}

/** The 32 bytes of an age identity. */
export function keyOf(identity) {
  const { prefix, bytes } = bech32.decodeToBytes(identity);
  if (prefix.toUpperCase() !== IDENTITY || bytes.length !== 32) throw new Error("no age identity");
  return bytes;
}

/** The age identity of 32 bytes, as the public age tool reads it. */
export function identityOf(key) {
  return bech32.encodeFromBytes(IDENTITY, key).toUpperCase();
}

/** The recipient of an identity. */
export const recipientOf = identityToRecipient;

/** A new identity. */
export const newIdentity = generateX25519Identity;

/**
 * The content of an envelope of part price or single: the price sheet ptprice/1 as bytes.
 * attachments: [{name, sha256 (hex), len}]; total: fen as decimal text; further: free members, which replace no fixed one.
 */
export function priceSheet({ tender, part, bidder, total, attachments = [], further = {} }) {
  if (!/^(?:0|[1-9][0-9]{0,17})$/.test(total)) throw new Error("a total is a whole number of fen below 10^18");
  return canonical({ ...further, alg: "ptprice/1", tender, lot: LOT, part, bidder, total, attachments });
}

/** How a sheet tells of a file ({name, data: Blob}). */
export async function described({ name, data }) {
  return { name, sha256: hex(await sha256(await data.arrayBuffer())), len: data.size };
}

/**
 * Seal an envelope to the officers of all groups.
 * content: bytes; attachments: Blobs in the order of the sheet; progress(share of 1) is told while it goes on.
 * Gives {header, ciphertext: Blob, envelope: hex id, key: hex}: the key is the bidder's own way in and leaves no machine.
 */
export async function seal({ tender, part, bidder, groups, content, attachments = [], progress = () => {} }) {
  const identity = await newIdentity();
  const [key, ctx] = [keyOf(identity), context(tender, part)];
  const salt = hex(crypto.getRandomValues(new Uint8Array(32)));
  const inner = canonical({ bidder, salt, sha256: hex(await sha256(content)), len: content.length, tender, lot: LOT, part });
  const payload = new Blob([u32be(inner.length), inner, content, ...attachments]);
  const ciphertext = await encrypted(payload, await recipientOf(identity), progress);
  const header = {
    alg: "ptbid/1", tender, lot: LOT, part, groups,
    key_commit: hex(await digest("ptbid/key/v1", ctx, key)),
    plain_commit: hex(await digest("ptbid/plain/v1", inner)),
    ct_sha256: hex(await sha256(await ciphertext.arrayBuffer())),
    ct_len: ciphertext.size,
    shares: await wrappedShares(key, ctx, groups),
  };
  return { header, ciphertext, envelope: await envelopeId(header), key: hex(key) };
}

/** The id of an envelope, 64 hex digits. */
export async function envelopeId(header) {
  return hex(await digest("ptbid/envelope/v1", canonical(header)));
}

/** The payload, filled up so that its size tells little, as an age file. */
async function encrypted(payload, recipient, progress) {
  const filling = new Uint8Array(BUCKET - (payload.size % BUCKET));
  filling[0] = END;
  const padded = new Blob([payload, filling]);
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const reader = (await encrypter.encrypt(padded.stream())).getReader();
  const parts = [];
  let done = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    done += next.value.length;
    progress(Math.min(1, done / padded.size));
  }
  return new Blob(parts);
}

async function wrappedShares(key, ctx, groups) {
  const recipients = new Map(groups.flatMap((group) => group.officers.map((one) => [one.id, one.recipient])));
  const wrap = async (share) => {
    const { g, o, x } = share;
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipients.get(o));
    const wrapped = await encrypter.encrypt(canonical({ ctx: text(ctx), g, o, x, y: hex(share.y) }));
    return { g, o, x, commit: hex(await commitment(share, ctx)), wrapped: base64(wrapped) };
  };
  return Promise.all((await sharesOf(key, ctx, groups)).map(wrap));
}

/**
 * An officer's share of an envelope, 64 hex digits, decrypted on his own machine.
 * identity: AGE-SECRET-KEY-1… or an X25519 CryptoKey. Throws when it does not open, or is not the committed one.
 */
export async function unwrap(header, officer, identity) {
  const ctx = context(header.tender, header.part);
  const place = header.shares.find((share) => share.o === officer);
  if (!place) throw new Error("no share for this officer");
  const held = strict(await decrypted(unbase64(place.wrapped), identity));
  const named = held.ctx === text(ctx) && held.g === place.g && held.o === officer && held.x === place.x;
  if (!named) throw new Error("the share belongs to another envelope");
  const y = unhex(held.y, 32);
  if (hex(await commitment({ g: place.g, o: officer, x: place.x, y }, ctx)) !== place.commit) {
    throw new Error("the share is not the committed one");
  }
  return held.y;
}

/** Decrypt an age file (bytes). */
export async function decrypted(file, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(file);
}

/**
 * Open an envelope with the bid's key (hex): the bidder's own test before he sends it.
 * Gives {inner, content: bytes, rest: bytes behind the content, without the filling}; throws for anything that does not hold.
 */
export async function open(header, ciphertext, key) {
  const ctx = context(header.tender, header.part);
  const bytes = new Uint8Array(await ciphertext.arrayBuffer());
  if (hex(await sha256(bytes)) !== header.ct_sha256 || bytes.length !== header.ct_len) throw new Error("other bytes");
  if (hex(await digest("ptbid/key/v1", ctx, unhex(key, 32))) !== header.key_commit) throw new Error("another key");
  const shares = await sharesOf(unhex(key, 32), ctx, header.groups);
  const commits = await Promise.all(shares.map(async (share) => hex(await commitment(share, ctx))));
  if (commits.join() !== header.shares.map((share) => share.commit).join()) throw new Error("a false share");
  const payload = await decrypted(bytes, identityOf(unhex(key, 32)));
  const end = 4 + new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0);
  const kept = payload.subarray(4, end);
  if (hex(await digest("ptbid/plain/v1", kept)) !== header.plain_commit) throw new Error("another content");
  const inner = strict(kept);
  const content = payload.subarray(end, end + inner.len);
  if (!same(unhex(inner.sha256, 32), await sha256(content))) throw new Error("another content");
  return { inner, content, rest: unfilled(payload.subarray(end + inner.len)) };
}

function unfilled(bytes) {
  let last = bytes.length - 1;
  while (last >= 0 && bytes[last] === 0) last -= 1;
  return last >= 0 && bytes[last] === END ? bytes.subarray(0, last) : bytes;
}
