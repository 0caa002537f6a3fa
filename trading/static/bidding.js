// The live bidding 竞价现场: events pushed by the server, asked for where they are not; offers with a key of their own.
import { fenOf, grouped, yuanOf } from "./trust/money.js";
import { Refusal, fill, say, told } from "./trust/page.js";

const root = document.querySelector("[data-bidding]");
const [words, stages] = [told(root, "words"), told(root, "stages")];
const { unit } = root.dataset;
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const POLL = 2000;
const AGAIN = 30000;
const CHECK = 10000;
const PATIENCE = { ask: 4000, offer: 5000 };
const MANY = 10;
const ROWS = Number(root.dataset.rows ?? 200);
let own = told(root, "own");
let state = { ...told(root, "state"), items: [] };
let offset = 0;
let source = null;
let polling = null;
let suggested = "";
let sending = false;

const text = (name, said) => { const place = part(name); if (place && place.textContent !== said) place.textContent = said; };
const show = (name, shown) => { const place = part(name); if (place) place.hidden = !shown; };
const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const typed = () => fenOf(part("typed").value);
const said = (moment) => clock.format(new Date(moment));
const serverNow = () => (root.dataset.stands === undefined ? Date.now() + offset : Date.parse(state.now));

/** One line of the record; the newest stands first. */
function line(one) {
  const row = document.createElement("tr");
  row.dataset.number = one.number;
  if (own && one.paddle === own.paddle) row.className = "own";
  const paddle = fill(words.paddle, one) + (one.matches ? ` ${words.matched}` : "");
  const cells = [one.number, paddle, grouped(one.amount), said(one.at)];
  row.append(...cells.map((cell, at) => Object.assign(document.createElement("td"), { textContent: cell, className: at === 2 ? "sum" : "" })));
  return row;
}

/** What came: older news than what is shown is none. */
function apply(news) {
  if (news.last < state.last) return;
  const body = part("history");
  const newest = Number(body.rows[0]?.dataset.number ?? 0);
  body.prepend(...news.items.filter((one) => one.number > newest).reverse().map(line));
  while (body.rows.length > ROWS) body.deleteRow(-1);
  const moved = state.ends_at && news.ends_at > state.ends_at;
  state = news;
  if (news.own !== undefined) own = news.own ?? own;
  draw();
  if (moved) part("until").classList.add("moved");
}

function draw() {
  const { highest, deal, stage } = state;
  const place = part("stage");
  place.dataset.stage = stage;
  const price = (amount) => ({ amount: grouped(amount), unit });
  text("stage", deal ? fill(words.deal, { paddle: deal.paddle, ...price(deal.price) }) : stages[stage]);
  if (highest) {
    text("amount", grouped(highest.amount));
    text("by", fill(own?.paddle === highest.paddle ? words.you : words.paddle, highest));
  }
  const end = state.match_until && stage === "matching" ? state.match_until : state.ends_at;
  text("until", end ? fill(words.until, { time: said(end) }) : "");
  const leading = Boolean(own && highest?.paddle === own.paddle);
  if (root.dataset.leading === "true" && !leading) quiet();
  root.dataset.leading = String(leading);
  if (own) drawOwn();
  tell();
}

/** An offer that somebody has gone above is no good news any more. */
function quiet() {
  const note = root.querySelector("[data-note].note-success");
  if (note) note.hidden = true;
}

function drawOwn() {
  const leading = state.highest?.paddle === own.paddle;
  const offered = [...part("history").rows].some((row) => row.classList.contains("own"));
  const { deal, stage } = state;
  const ended = deal ? (deal.paddle === own.paddle ? words.won : words.lostTo) : stage === "failed" ? stages.failed : null;
  text("standing", ended ?? (leading ? words.leading : offered ? words.beaten : words.none));
  part("standing").dataset.standing = deal ? (deal.paddle === own.paddle ? "leading" : "beaten") : leading ? "leading" : offered ? "beaten" : "none";
  show("offering", state.open);
  show("going", state.stage === "listing" && !own.goes_on);
  show("signing", deal?.paddle === own.paddle);
  show("matching", state.stage === "matching" && own.priority);
  text("tap", fill(words.offer, { amount: grouped(state.least), unit }));
  part("tap").disabled = leading || sending;
  if (state.highest) text("match", fill(words.match, { amount: grouped(state.highest.amount), unit }));
  const place = part("typed");
  if (place.value === suggested) place.value = suggested = state.least;
}

/** Seconds as minutes and seconds, with hours before them where there are any. */
function span(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] ? parts : parts.slice(1)).map((one) => String(one).padStart(2, "0")).join(":");
}

/** Time as the server has it, and what is left. */
function tell() {
  const now = serverNow();
  text("now", said(now));
  const end = Date.parse(state.stage === "matching" ? state.match_until : state.ends_at);
  const running = state.open || state.stage === "matching";
  const left = Math.max(0, Math.ceil((end - now) / 1000));
  text("left", running ? (left ? span(left) : words.over) : "—");
  part("left").dataset.close = String(running && left <= 300);
  const off = root.dataset.stands === undefined && Math.abs(offset) > 1000;
  text("offset", off ? fill(words.offset, { seconds: Math.abs(offset / 1000).toFixed(1) }) : "");
}

/** How the bidding stands, asked; half of the way there and back is taken for the way back. */
async function ask() {
  const begun = Date.now();
  const answer = await fetch(`${root.dataset.bidding}?after=${state.last}`, {
    headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE.ask),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const news = await answer.json();
  offset = Date.parse(news.now) - (begun + Date.now()) / 2;
  apply(news);
}

function poll() {
  if (polling) return;
  text("link", words.polled);
  const heard = () => {
    text("link", words.polled);
    if (source.readyState === EventSource.OPEN) listen();
  };
  polling = setInterval(() => ask().then(heard, () => text("link", words.lost)), POLL);
}

/** A stream may die without a word: what it did not bring is asked for, and a new one is begun. */
async function check() {
  const before = state.last;
  try {
    await ask();
    if (state.last > before && !polling) listen();
  } catch {
    text("link", words.lost);
    poll();
  }
}

/** Events while they last; a server without a free thread, or none at all, is asked every two seconds. */
function listen() {
  source?.close();
  source = new EventSource(`${root.dataset.events}?after=${state.last}`);
  source.addEventListener("open", () => { text("link", words.pushed); clearInterval(polling); polling = null; });
  source.addEventListener("state", (event) => apply(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    text("link", words.lost);
    poll();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN);
  });
}

/** Send with one key until an answer comes: an offer that was heard twice counts once. */
async function send(address, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "Accept-Language": document.documentElement.lang };
  for (let turn = 0; ; turn += 1) {
    let answer;
    try {
      answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE.offer) });
    } catch (error) {
      if (turn >= 20) throw error;
      say(root, words.again, "warning");
      await new Promise((done) => setTimeout(done, 500 + 500 * turn));
      continue;
    }
    const got = await answer.json();
    if (!answer.ok) throw new Refusal([got.message, ...Object.values(got.fields ?? {}).flat()].filter(Boolean).join(" "));
    return got;
  }
}

async function make(address, amount) {
  sending = true;
  part("tap").disabled = true;
  say(root, words.sending);
  try {
    const key = `web-${[...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("")}`;
    const { facts } = await send(address, { amount, key, seen: state.last });
    say(root, fill(words.taken, { number: facts.number, amount: grouped(facts.amount), unit }), "success");
    part("typed").value = suggested;
  } catch (error) {
    say(root, error instanceof Refusal ? error.message : fill(words.failed, { error: error.message }), "error");
  }
  sending = false;
  await ask().catch(draw);
}

/** The amount is shown again, and sent when it is confirmed. */
function confirmed(amount, address) {
  const dialog = part("ask");
  if (sending) return;
  const steps = Number((fenOf(amount) - fenOf(state.least)) / fenOf(state.step));
  text("asked", grouped(amount));
  text("large", fill(words.large, { steps }));
  show("large", steps > MANY);
  dialog.returnValue = "no";
  dialog.showModal();
  dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") make(address, amount); }, { once: true });
}

function prepare() {
  part("ask").querySelectorAll("button").forEach((button) => button.addEventListener("click", () => part("ask").close(button.value)));
  part("tap").addEventListener("click", () => confirmed(state.least, root.dataset.offer));
  part("match").addEventListener("click", () => confirmed(state.highest.amount, root.dataset.match));
  part("go-on").addEventListener("click", async () => {
    try {
      await send(root.dataset.goOn, {});
      own.goes_on = true;
      say(root, words.went, "success");
      draw();
    } catch (error) {
      say(root, error.message, "error");
    }
  });
  root.querySelectorAll("[data-steps]").forEach((button) => button.addEventListener("click", () => {
    const least = fenOf(state.least);
    const next = (typed() ?? least) + BigInt(button.dataset.steps) * fenOf(state.step);
    part("typed").value = yuanOf(next < least ? least : next);
  }));
  part("other").addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const amount = typed();
    if (amount === undefined) say(root, words.unread, "error");
    else if (amount < fenOf(state.least)) say(root, fill(words.not, { amount: grouped(state.least), unit }), "error");
    else confirmed(yuanOf(amount), root.dataset.offer);
  });
}

part("history").replaceChildren();
apply(told(root, "state"));
if (own) prepare();
listen();
ask().catch(() => undefined);
setInterval(tell, 250);
setInterval(check, CHECK);
addEventListener("online", check);
addEventListener("offline", () => text("link", words.lost));
document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });
