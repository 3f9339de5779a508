// The door of an event, with or without network: who is expected, who comes in, what waits to be sent.

import { SignedOut, call, inTurn } from "../../ui/js/phone_calls.js";
import { part, say, sayNet, show } from "../../ui/js/phone_page.js";
import { canRead, read, stop } from "./camera.js";
import { codeIn, isIn, merge, standing } from "./people.js";
import * as store from "./store.js";

const words = document.getElementById("door").dataset;
const MOST = 100;
const EVERY = 30000;
let own = null;
let day = null;
let entries = [];
// what stands on the page: { event, session } and, while a family is looked at, her sheet stays open
let at = null;
let isBusy = false;

const lang = document.documentElement.lang;
const clock = (text) => new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", timeZone: words.zone }).format(new Date(text));
const named = (event) => (lang.startsWith("en") && event.title_en) || event.title;

function row(title, small, mark, tone, act) {
  const line = document.getElementById("t-row").content.cloneNode(true);
  const button = line.querySelector("button");
  line.querySelector("b").textContent = title;
  line.querySelector("small").textContent = small;
  if (mark) {
    const state = document.getElementById(`t-state-${tone}`).content.cloneNode(true);
    state.querySelector(".ll-state").append(mark);
    button.append(state);
  }
  button.addEventListener("click", act);
  return line;
}

function list(name, rows) {
  part(name).querySelector("ul").replaceChildren(...rows);
  part(name).querySelector("[data-empty]").hidden = rows.length > 0;
}

async function draw() {
  sayNet(words, await store.othersCount(own));
  for (const name of ["fetch", "leave"]) part(name).hidden = !own;
  if (!own || !day) {
    wipe();
    return show("locked");
  }
  entries = await store.readEntries(own);
  const open = entries.filter((one) => one.state === "new").length;
  part("count").textContent = open ? words.open.replace("0", open) : words.none;
  part("send").hidden = !open;
  const refused = entries.filter((one) => one.state === "refused");
  part("refused").hidden = !refused.length;
  list("refused", refused.map((one) => row(one.title || one.code, one.reason, words.refused, "late", () => putAway(one))));
  drawTimes();
  if (at) drawDoor();
  if (isBusy) return;
  show(at ? "door" : "times");
}

// nothing of the list stays on the page when she leaves
function wipe() {
  say("");
  at = null;
  isBusy = false;
  for (const name of ["times", "families", "refused"]) list(name, []);
  for (const name of ["title", "when"]) part(name).textContent = "";
  part("code").value = part("find").value = "";
  part("family").replaceChildren();
}

function drawTimes() {
  const times = day.events.flatMap((event) => event.sessions.map((session) => ({ event, session })));
  if (!at && times.length === 1) [at] = times;
  if (at) at = times.find((one) => one.session.id === at.session.id) || null;
  part("choose").hidden = times.length < 2;
  list("times", times.map((one) => row(named(one.event), `${clock(one.session.starts_at)}–${clock(one.session.ends_at)} · ${one.event.where}`, "", "", () => { at = one; draw(); })));
}

function drawDoor() {
  const { event, session } = at;
  part("title").textContent = named(event);
  part("when").textContent = `${clock(session.starts_at)}–${clock(session.ends_at)} · ${event.where}`;
  const found = event.families.map((family) => ({ family, is: standing(family, session.id, entries) }));
  part("in").textContent = found.reduce((sum, one) => sum + one.is.people, 0);
  part("of").textContent = found.reduce((sum, one) => sum + one.family.names.length, 0);
  const wanted = part("find").value.trim().toLowerCase();
  const shown = found.filter(({ family }) => !wanted || family.names.some((name) => name.toLowerCase().includes(wanted)));
  // who is expected stands above who is in
  shown.sort((one, other) => (one.is.people >= one.family.names.length) - (other.is.people >= other.family.names.length));
  list("families", shown.map(({ family, is }) => row(family.names.join("、"), words.people.replace("0", is.people).replace("9", family.names.length), ...mark(family, is), () => look(family))));
}

function mark(family, is) {
  if (!is.people) return ["", ""];
  if (is.waits) return [words.kept, "soon"];
  return is.people >= family.names.length ? [words.in, "done"] : [words.some, "run"];
}

// one family: whoever is not in yet is ticked already, so that a whole family is one tap
function look(family) {
  const { who, people } = standing(family, at.session.id, entries);
  const sheet = document.getElementById("t-family").content.cloneNode(true).querySelector("form");
  sheet.querySelector("h2").textContent = family.names.join("、");
  sheet.querySelector("[data-is]").textContent = people ? words.already.replace("0", people) : "";
  sheet.querySelector("[data-people]").replaceChildren(...family.names.map((name, place) => tick(name, place, isIn(who, place))));
  sheet.addEventListener("submit", (event) => { event.preventDefault(); comeIn(family, sheet, who); });
  open(sheet);
}

function tick(name, place, is) {
  const line = document.getElementById("t-person").content.cloneNode(true);
  const box = line.querySelector("input");
  box.value = place;
  box.checked = true;
  box.disabled = is;
  line.querySelector("span").textContent = is ? `${name} · ${words.in}` : name;
  return line;
}

function open(sheet) {
  for (const one of sheet.querySelectorAll("[data-back]")) one.addEventListener("click", back);
  part("family").replaceChildren(sheet);
  say("");
  isBusy = true;
  show("family");
  sheet.querySelector("h2").focus();
}

function back() {
  isBusy = false;
  stop(part("video"));
  part("family").replaceChildren();
  return draw();
}

async function comeIn(family, sheet, before) {
  const who = [...sheet.querySelectorAll("input:checked:not(:disabled)")].map((box) => Number(box.value)).filter((place) => !isIn(before, place));
  if (!who.length) return say(words.nobody);
  return keep({ code: family.code, who, title: family.names.filter((_name, place) => who.includes(place)).join("、") });
}

async function keep(given) {
  const entry = { key: crypto.randomUUID(), session: at.session.id, phone_at: new Date().toISOString(), offset: own.offset, state: "new", ...given };
  try {
    // two pages of one phone take turns, so that none writes over the entry of the other
    await inTurn("linli-door-add", async () => store.keepEntry(own, { ...entry, seq: (await store.lastSeq(own)) + 1 }));
  } catch (full) {
    return say(words.full);
  }
  await back();
  say(words.cameIn.replace("0", entry.title || entry.code));
  part("code").value = "";
  part("find").value = "";
  await draw();
  part("code").focus();
  if (navigator.onLine) await refresh();
}

const putAway = (entry) => confirm(words.putAway) && store.dropEntry(own, entry).then(draw);

function find(text) {
  const code = codeIn(text);
  if (!code) return say(words.write);
  const family = at.event.families.find((one) => one.code === code);
  if (family) return look(family);
  const sheet = document.getElementById("t-unknown").content.cloneNode(true).querySelector("form");
  sheet.querySelector("[data-code]").textContent = code;
  sheet.addEventListener("submit", (event) => { event.preventDefault(); keep({ code, who: [], title: code }); });
  return open(sheet);
}

async function scan() {
  isBusy = true;
  show("camera");
  try {
    const text = await read(part("video"));
    isBusy = false;
    return text ? find(text) : draw();
  } catch (fault) {
    await back();
    return say(words.noCamera);
  }
}

async function lock(text) {
  await store.forgetKey();
  own = day = null;
  await draw();
  say(text);
}

async function start() {
  own = await store.current();
  day = own ? await store.readDay(own) : null;
  await store.tidy();
  await draw();
  if (navigator.onLine && !(await store.hasLeft()) && own) await refresh();
}

// fetch the list of today for whoever is signed in, with her key on this phone; the look is recorded
async function fetchDay() {
  say("");
  try {
    const { csrf } = await call("desk/events/door/", undefined, "");
    const told = await call("desk/events/door/", JSON.stringify({ boxes: await store.boxes() }), csrf);
    own = await store.keepKey(told, Math.round((Date.parse(told.at) - Date.now()) / 1000));
    day = { events: told.events };
    await store.keepDay(own, day);
  } catch (fault) {
    return say(fault instanceof SignedOut ? words.noRight : words.closed);
  }
  await draw();
  return refresh();
}

const refresh = () => inTurn("linli-door", async () => {
  if (!own) return;
  try {
    await sendAll();
  } catch (fault) {
    if (fault instanceof SignedOut) return lock(words.signedOut);
    if (entries.some((one) => one.state === "new")) say(words.later);
  }
  await draw();
});

async function sendAll() {
  for (;;) {
    const waiting = (await store.readEntries(own)).filter((one) => one.state === "new").slice(0, MOST);
    const sent = waiting.map(({ key, session, code, who, phone_at, offset }) => ({ key, session, code, who, phone_at, offset }));
    const told = await call("desk/events/door/came", JSON.stringify({ sent_at: new Date().toISOString(), entries: sent }), own.csrf);
    merge(day, told.came);
    await store.keepDay(own, day);
    const reasons = new Map(told.noted.map((one) => [one.key, one.reason]));
    for (const one of waiting) {
      const reason = reasons.get(one.key);
      if (reason) await store.keepEntry(own, { ...one, state: "refused", reason });
      else if (reason === "") await store.dropEntry(own, one);
    }
    if (waiting.length < MOST) return;
  }
}

part("open").addEventListener("click", async () => ((await store.hasLeft()) ? location.assign(words.signIn) : fetchDay()));
part("fetch").addEventListener("click", fetchDay);
part("send").addEventListener("click", refresh);
part("choose").addEventListener("click", () => { at = null; show("times"); });
part("lookup").addEventListener("submit", (event) => { event.preventDefault(); find(part("code").value); });
part("find").addEventListener("input", drawDoor);
part("stop").addEventListener("click", back);
part("scan").addEventListener("click", scan);
part("leave").addEventListener("click", async () => {
  await store.leave();
  own = day = null;
  if (navigator.onLine) location.assign(words.signOut);
  else await draw();
});
window.addEventListener("online", start);
window.addEventListener("offline", draw);
document.addEventListener("visibilitychange", () => { if (!document.hidden && !isBusy) start(); });
setInterval(() => { if (own && navigator.onLine && !document.hidden && !isBusy) refresh(); }, EVERY);
canRead().then((can) => { part("scan").hidden = !can; });
if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker).catch(() => {});
start();
