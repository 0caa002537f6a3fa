// What is inside an envelope 信封内容: sheet, files and filling, laid out as trading/sealing/contents.py lays them out.
import { hex, u32be } from "./bytes.js";
import { canonical, strict } from "./canonical.js";
import { sha256 } from "./hash.js";

export const LOT = "1";
const PRICED = ["price", "single"];
const FILLING = ".filling";
const LONGEST_NUMBER = 16;
const NO_HASH = "0".repeat(64);

/** The members that inner and sheet share. place = {tender, part, bidder}. */
function named({ tender, part, bidder }) {
  return { tender, lot: LOT, part, bidder };
}

/** The price sheet ptprice/1 报价表; total: fen as decimal text; further: free members, which replace no fixed one. */
export function priceSheet(place, total, further = {}) {
  if (!/^(?:0|[1-9][0-9]{0,17})$/.test(total)) throw new Error("a total is a whole number of fen below 10^18");
  return { ...further, alg: "ptprice/1", ...named(place), total };
}

/** The first leaf of a technical envelope 技术标封面. */
export function techSheet(place, further = {}) {
  return { ...further, alg: "pttech/1", ...named(place) };
}

/** How a sheet tells of a file. */
export async function described(name, data) {
  return { name, sha256: hex(await sha256(await data.arrayBuffer())), len: data.size };
}

/**
 * The plaintext u32be(len inner) || inner || content || attachments: {inner: bytes, whole: Blob}; null when the contents
 * do not fill `size` bytes exactly, whatever the filling. files: [{name, data: Blob}]; salt: hex; size: null for no filling.
 */
export async function layout(place, sheet, files, salt, size = null) {
  if (files.some(({ name }) => name.startsWith(FILLING))) throw new Error(`no file of a bid is named ${FILLING}`);
  const listed = await Promise.all(files.map(({ name, data }) => described(name, data)));
  const data = files.map((file) => file.data);
  if (size !== null) {
    const filling = fillingOf(size, place, sheet, listed);
    if (filling === null) return null;
    data.push(filling.data);
    listed.push(await described(filling.name, filling.data));
  }
  const leaf = canonical({ ...sheet, attachments: listed });
  if (PRICED.includes(place.part)) return led(await innerOf(place, leaf, salt), new Blob([leaf, ...data]));
  const content = new Blob([u32be(leaf.length), leaf, ...data]);
  return led(await innerOf(place, content, salt), content);
}

/** The plaintext of a content (bytes) that is no sheet, such as the secret of a party to a draw. */
export async function layoutPlain(place, content, salt) {
  return led(await innerOf(place, content, salt), new Blob([content]));
}

function led(inner, rest) {
  return { inner, whole: new Blob([u32be(inner.length), inner, rest]) };
}

async function innerOf(place, content, salt) {
  const bytes = content instanceof Blob ? await content.arrayBuffer() : content;
  return canonical({ ...named(place), salt, sha256: hex(await sha256(bytes)), len: bytes.byteLength });
}

/** The last attachment, of zero bytes; its own length stands in the sheet, so some sizes need a name one byte longer. */
function fillingOf(size, place, sheet, listed) {
  const behind = listed.reduce((sum, one) => sum + one.len, 0);
  const innerLength = (len) => canonical({ ...named(place), salt: NO_HASH, sha256: NO_HASH, len }).length;
  for (const name of [FILLING, `${FILLING}.`]) {
    const whole = (len) => {
      const leaf = canonical({ ...sheet, attachments: [...listed, { name, sha256: NO_HASH, len }] }).length;
      if (PRICED.includes(place.part)) return 4 + innerLength(leaf) + leaf + behind + len;
      const content = 4 + leaf + behind + len;
      return 4 + innerLength(content) + content;
    };
    const room = size - whole(0);
    for (let len = room; len >= 0 && len > room - 2 * LONGEST_NUMBER; len -= 1) {
      if (whole(len) === size) return { name, data: new Blob([new Uint8Array(len)]) };
    }
  }
  return null;
}

/** The inner object's bytes of a plaintext, and what follows. */
export function splitInner(plaintext) {
  if (plaintext.length < 4) throw new Error("the content is cut off");
  const end = 4 + new DataView(plaintext.buffer, plaintext.byteOffset, 4).getUint32(0);
  if (plaintext.length < end) throw new Error("the content is cut off");
  return [plaintext.subarray(4, end), plaintext.subarray(end)];
}

/** What was in an envelope: {inner, sheet (null for a content that is none), files: [{name, data: bytes}]}, all checked. */
export async function read(kept, rest, place) {
  const inner = strict(kept);
  const content = rest.subarray(0, inner.len);
  const behind = rest.subarray(inner.len);
  const expected = named(place);
  if (Object.keys(expected).some((name) => inner[name] !== expected[name])) throw new Error("another place");
  if (content.length !== inner.len || hex(await sha256(content)) !== inner.sha256) throw new Error("another content");
  if (PRICED.includes(place.part)) return { inner, ...(await readSheet(content, behind)) };
  if (behind.length) throw new Error("something is left over");
  if (place.part !== "tech") return { inner, sheet: null, files: [{ name: "", data: content }] };
  return { inner, ...(await readSheet(...splitInner(content))) };
}

async function readSheet(leaf, data) {
  const sheet = strict(leaf);
  const files = [];
  let at = 0;
  for (const { name, sha256: hash, len } of sheet.attachments) {
    const file = data.subarray(at, at + len);
    if (file.length !== len || hex(await sha256(file)) !== hash) throw new Error(`another file: ${name}`);
    at += len;
    if (!name.startsWith(FILLING)) files.push({ name, data: file });
  }
  if (at !== data.length) throw new Error("something is left over");
  return { sheet, files };
}
