// The receipt of a bid 投标回执: the signed note as a file; the envelope kept in this browser is known to have arrived.
import { keep, kept } from "./keystore.js";
import { download, give } from "./page.js";

const root = document.querySelector("[data-receipt]");
const { code, envelope } = root.dataset;
const button = (name) => root.querySelector(`[data-part="${name}"]`);

button("note").hidden = false;
button("note").addEventListener("click", () => {
  give(`${code}-${envelope.slice(0, 16)}-receipt.note`, root.querySelector("pre").textContent);
});
for (const part of ["single", "price", "tech"]) {
  const sealed = await kept("sealed", `${code} ${part}`);
  if (sealed?.envelope === envelope) {
    await keep("sealed", { ...sealed, handedIn: true });
    button("key").hidden = false;
    button("key").addEventListener("click", () => download(`${code}-${part}-bid.key`, sealed.file));
  }
}
