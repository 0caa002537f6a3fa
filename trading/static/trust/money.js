// Amounts as people type them 金额: yuan with separators of thousands, also full-width ones; exact fen come out.
const GROUPED = /^(?:[0-9]{1,15}|[0-9]{1,3}(?:[,\s][0-9]{3}){1,4})(?:\.([0-9]{1,2}))?$/;

/** Fen (BigInt) of a typed amount in yuan; undefined for whatever is none, or might be read in two ways. */
export function fenOf(typed) {
  const found = GROUPED.exec(String(typed).normalize("NFKC").trim());
  if (!found) return undefined;
  const [whole] = found[0].replace(/[,\s]/g, "").split(".");
  return BigInt(whole + (found[1] ?? "").padEnd(2, "0"));
}

/** Yuan with two places of an amount in fen, without separators. */
export function yuanOf(fen) {
  const digits = fen.toString().padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The same with separators of thousands, for reading. */
export function grouped(yuan) {
  const [whole, ...rest] = String(yuan).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}
