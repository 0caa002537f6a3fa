// Sealed envelopes 密封信封 (ptbid/1, trust.md 8.8): a bid is closed on the bidder's machine, shares go to the officers.
import { Decrypter, Encrypter, bech32, generateX25519Identity, identityToRecipient } from "./age.js";
import { base64, hex, text, unbase64, unhex } from "./bytes.js";
import { canonical, strict } from "./canonical.js";
import { LOT, layout, layoutPlain, read, splitInner } from "./contents.js";
import { digest, sha256 } from "./hash.js";
import { commitment, sharesOf } from "./shamir.js";

const IDENTITY = "AGE-SECRET-KEY-";
const BUCKET = 64 * 1024;
const NONCE = 16;
const TAG = 16;

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

export { generateX25519Identity as newIdentity, identityToRecipient as recipientOf };

/**
 * Seal a sheet with its files to the officers of all groups, filled up to a multiple of 64 KiB.
 * place: {tender, part, bidder}; groups: as published; sheet: by contents.js; files: [{name, data: Blob}];
 * progress(a share of 1) is told while it goes on.
 * Gives {header, ciphertext: Blob, envelope: hex id, key: hex}: the key is the bidder's own way in and leaves no machine.
 */
export async function sealSheet(place, groups, sheet, files = [], progress = () => {}) {
  const [identity, salt] = [await generateX25519Identity(), random()];
  const plaintext = await fitting(await headerLength(identity), (size) => layout(place, sheet, files, salt, size));
  return sealed(place, groups, plaintext, identity, progress);
}

/** Seal a party's secret for a draw (hex) to the lot's officers; place.part is "draw-<number>-<party>". */
export async function sealSecret(place, groups, secret) {
  const plaintext = await layoutPlain(place, unhex(secret, 32), random());
  return sealed(place, groups, plaintext, await generateX25519Identity(), () => {});
}

function random() {
  return hex(crypto.getRandomValues(new Uint8Array(32)));
}

/** The plaintext that makes the age file the least multiple of 64 KiB that holds it. */
async function fitting(header, laidOut) {
  const size = (clear) => header + NONCE + clear + TAG * Math.max(1, Math.ceil(clear / BUCKET));
  for (let buckets = Math.ceil(size((await laidOut(null)).whole.size) / BUCKET); ; buckets += 1) {
    const room = buckets * BUCKET - header - NONCE;
    const clear = room - TAG * Math.ceil(room / (BUCKET + TAG));
    const made = size(clear) === buckets * BUCKET ? await laidOut(clear) : null;
    if (made) return made;
  }
}

/** How long the header of an age file to one recipient is. */
async function headerLength(identity) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identity));
  return (await encrypter.encrypt(new Uint8Array(0))).length - NONCE - TAG;
}

async function sealed({ tender, part }, groups, { inner, whole }, identity, progress) {
  const [key, ctx] = [keyOf(identity), context(tender, part)];
  const ciphertext = await encrypted(whole, await identityToRecipient(identity), progress);
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

/** An age file of a Blob, made piece by piece. */
async function encrypted(whole, recipient, progress) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const reader = (await encrypter.encrypt(whole.stream())).getReader();
  const parts = [];
  let done = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    done += next.value.length;
    progress(Math.min(1, done / whole.size));
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
  const share = { g: place.g, o: officer, x: place.x, y: unhex(held.y, 32) };
  if (hex(await commitment(share, ctx)) !== place.commit) throw new Error("the share is not the committed one");
  return held.y;
}

/** Decrypt an age file (bytes) with AGE-SECRET-KEY-1… or an X25519 CryptoKey. */
export async function decrypted(file, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(file);
}

/**
 * Open an envelope with the bid's key (hex), as the bidder may test before he sends it; bidder: his person id.
 * Gives what contents.read gives; throws for anything that does not hold.
 */
export async function open(header, ciphertext, key, bidder) {
  const ctx = context(header.tender, header.part);
  const bytes = new Uint8Array(await ciphertext.arrayBuffer());
  if (hex(await sha256(bytes)) !== header.ct_sha256 || bytes.length !== header.ct_len) throw new Error("other bytes");
  if (hex(await digest("ptbid/key/v1", ctx, unhex(key, 32))) !== header.key_commit) throw new Error("another key");
  const shares = await sharesOf(unhex(key, 32), ctx, header.groups);
  const commits = await Promise.all(shares.map(async (share) => hex(await commitment(share, ctx))));
  if (commits.join() !== header.shares.map((share) => share.commit).join()) throw new Error("a false share");
  const [kept, rest] = splitInner(await decrypted(bytes, identityOf(unhex(key, 32))));
  if (hex(await digest("ptbid/plain/v1", kept)) !== header.plain_commit) throw new Error("another inner object");
  return read(kept, rest, { tender: header.tender, part: header.part, bidder });
}
