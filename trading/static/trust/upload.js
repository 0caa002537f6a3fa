// A ciphertext on its way up 分块上传: in pieces, going on where it broke off; the platform names it by its hash.
import { Refusal } from "./page.js";

const PIECE = 4 * 1024 * 1024;
const MOST_PIECES = 10_000;
const WAITS = [1, 2, 5, 10, 20, 30];
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** What the platform answers: how far it is, also when a piece did not continue there. */
async function answered(response) {
  const said = await response.json();
  if (response.status === 409 && Number.isInteger(said.received)) return said;
  if (!response.ok) throw new Refusal([said.message, ...Object.values(said.fields ?? {}).flat()].filter(Boolean).join(" "));
  return said;
}

/** Try again what the network or a fault of the server broke; a refusal is final. */
async function persistently(work, onWait) {
  for (const seconds of [...WAITS, 0]) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal || !seconds) throw error;
      onWait(seconds);
      await pause(seconds);
    }
  }
  return undefined;
}

/**
 * Upload a Blob under its SHA-256; onPart(share of 1) while it goes on, onWait(seconds) when the connection broke.
 * Throws a Refusal with the platform's sentence.
 */
export async function upload(address, blob, onPart, onWait) {
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  const begun = await persistently(async () => answered(await fetch(address, { headers })), onWait);
  let { received, complete } = begun;
  for (let pieces = 0; !complete; pieces += 1) {
    if (pieces > MOST_PIECES) throw new Error("no end of pieces");
    onPart(received / blob.size);
    const piece = blob.slice(received, received + PIECE);
    const range = `bytes ${received}-${received + piece.size - 1}/${blob.size}`;
    const put = { method: "PUT", headers: { ...headers, "Content-Range": range, "Content-Type": "application/octet-stream" }, body: piece };
    ({ received, complete } = await persistently(async () => answered(await fetch(address, put)), onWait));
  }
  onPart(1);
}
