// The opening, live 开标现场: asks again every few seconds who has handed in shares; the page says it.
import { told } from "./page.js";

const root = document.querySelector("[data-opening]");
const words = told(root, "words");
const SECONDS = 5;
let before = null;

async function look() {
  const answer = await fetch(root.dataset.opening, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const state = await answer.json();
  for (const officer of state.groups.flatMap((group) => group.officers)) {
    const row = [...root.querySelectorAll("[data-officer]")].find((one) => one.dataset.officer === officer.id);
    row.querySelector("[data-handed]").textContent = officer.handed_at ? words.handed : words.missing;
    row.querySelector("[data-rehearsed]").textContent = officer.rehearsed_at ? words.rehearsed : words.unrehearsed;
  }
  const now = JSON.stringify([state.status, state.ready]);
  if (before !== null && before !== now) location.reload();
  before = now;
}

const again = () => setTimeout(() => look().catch(() => undefined).finally(again), SECONDS * 1000);
await look();
again();
