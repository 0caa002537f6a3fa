// The draw, live 抽取现场: asks every few seconds how it stands; when something happened the page's own part is fetched anew.
const root = document.querySelector("[data-draw-room]");
const SECONDS = 4;
let before = null;

async function look() {
  const answer = await fetch(root.dataset.drawRoom, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const now = await answer.text();
  if (before !== null && before !== now) await renew();
  before = now;
}

async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = [...root.querySelectorAll("details")].map((one) => one.open);
  root.replaceChildren(...page.querySelector("[data-draw-room]").children);
  root.querySelectorAll("details").forEach((one, at) => { one.open = open[at] ?? false; });
}

const again = () => setTimeout(() => look().catch(() => undefined).finally(again), SECONDS * 1000);
await look();
again();
