// The bidder's own key as the fallback 投标密钥: read from the file that sealing gave, put into the step's form.
import { strict } from "./canonical.js";
import { say, told } from "./page.js";

const root = document.querySelector("[data-bid-key]");
const words = told(root, "words");
const file = root.querySelector("[data-part=file]");

file.addEventListener("change", async () => {
  let key;
  try {
    key = strict(new Uint8Array(await file.files[0].arrayBuffer()));
  } catch {
    key = {};
  }
  if (key.alg !== "ptbid-key/1" || key.tender !== root.dataset.code) {
    say(root, words.file, "error");
    return;
  }
  document.querySelector("main [name=envelope]").value = key.envelope;
  document.querySelector("main [name=key]").value = key.key;
});
root.hidden = false;
