// A party's chain for the draw 抽取承诺链 (ptdraw/1, trust.md 8.10): anchored before closing, revealed link by link.
import { hex, unhex, utf8 } from "./bytes.js";
import { digest } from "./hash.js";

export const LENGTH = 64;

async function steps(draw, party, value, times) {
  for (let count = 0; count < times; count += 1) {
    value = await digest("ptdraw/chain/v1", utf8(draw), utf8(party), value);
  }
  return value;
}

/** A new secret x, 64 hex digits. */
export function newSecret() {
  return hex(crypto.getRandomValues(new Uint8Array(32)));
}

/** The anchor of x: step^64(x), hex; goes with the commitment. */
export async function anchor(draw, party, secret) {
  return hex(await steps(draw, party, unhex(secret, 32), LENGTH));
}

/** The value that round 0..63 reveals: step^(63-round)(x), hex. */
export async function reveal(draw, party, secret, round) {
  if (!Number.isInteger(round) || round < 0 || round >= LENGTH) throw new Error("a round is 0 to 63");
  return hex(await steps(draw, party, unhex(secret, 32), LENGTH - 1 - round));
}
