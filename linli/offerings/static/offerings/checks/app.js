// Checks of centres without network: what is shown, what is typed, and what becomes of it.

import { smaller } from "../../ui/js/photos.js";
import * as queue from "./queue.js";
import * as store from "./store.js";
import { once, oneByOne, part, say, sayNet, show } from "../../ui/js/phone_page.js";
import { drawChecks, drawQueue, sheets, wipe, words } from "./draw.js";

const SIDE = 1280;
let own = null;
let day = null;
// a form that is being filled in stays open, whatever the network or the camera does meanwhile
let isWriting = false;

function turn(name) {
  show(name);
  window.scrollTo(0, 0);
}

async function draw() {
  sayNet(words, await store.othersCount(own));
  if (!own || !day) {
    wipe();
    isWriting = false;
    return turn("locked");
  }
  drawChecks(day, fill);
  drawQueue(await store.readEntries(own), choose);
  if (!isWriting) turn("day");
}

function back() {
  isWriting = false;
  part("form").replaceChildren();
  say("");
  return draw();
}

async function lock(text) {
  await store.forgetKey();
  own = day = null;
  await draw();
  say(text);
}

async function open() {
  own = await store.current();
  if (own) day = await store.readDay(own);
  await store.tidy();
  await draw();
  if (own && !navigator.onLine && !(await store.isBoxed(own))) say(words.once);
  if (!navigator.onLine || (await store.hasLeft())) return;
  await refresh();
}

const refresh = oneByOne(async () => {
  let told = "";
  try {
    // first who is signed in: nobody sends what is not hers
    ({ own, day } = await queue.fetchDay());
    await queue.send(own);
    ({ own, day } = await queue.fetchDay());
  } catch (fault) {
    if (fault instanceof queue.SignedOut) return lock(words.signedOut);
    told = own ? words.later : words.closed;
  }
  // handed over while the server was asked: the checks that it told are of nobody any more
  if (await store.hasLeft()) return lock("");
  if (!isWriting || told) say(told);
  return draw();
});

async function choose(what, entry) {
  if (what === "drop" && confirm(entry.state === "new" ? words.takeBack : words.drop)) {
    await queue.drop(own, entry);
    return navigator.onLine ? refresh() : draw();
  }
  const check = day.checks.find((one) => one.id === entry.check);
  const sheet = sheets.find((one) => one.key === entry.norm);
  if (what !== "again" || !check || !sheet) return undefined;
  return fill(check, sheet, entry);
}

// what she had typed comes back; what the server says now is what she has seen then
function fill(check, sheet, again = null) {
  const form = document.getElementById(`t-form-${sheet.key}`).content.cloneNode(true).querySelector("form");
  form.querySelector("[data-centre]").textContent = check.centre;
  for (const point of sheet.points) {
    const held = (again && again.said[point]) || check.points[point] || { met: "", words: "", due_on: "" };
    for (const radio of form.querySelectorAll(`input[type=radio][name$="met-${point}"]`)) radio.checked = radio.value === held.met;
    form.querySelector(`[name$="words-${point}"]`).value = held.words;
    const due = form.querySelector(`[name$="due-${point}"]`);
    due.type = "date";
    due.value = held.due_on || "";
    // a day is asked for what is not met alone
    const asks = () => { due.closest(".ll-q").hidden = !form.querySelector(`input[type=radio][name$="met-${point}"][value=no]:checked`); };
    form.querySelector(`[data-point="${point}"]`).addEventListener("change", asks);
    asks();
  }
  form.querySelector("[data-back]").addEventListener("click", back);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form, () => keep(check, sheet, form, again));
  });
  part("form").replaceChildren(form);
  say("");
  isWriting = true;
  turn("form");
  form.querySelector("h2").focus();
}

const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

// what of one point is typed, what is wrong with it, and the files that were chosen
function pointOf(form, point, seen) {
  const met = form.querySelector(`input[type=radio][name$="met-${point}"]:checked`)?.value || "";
  const text = form.querySelector(`[name$="words-${point}"]`).value.trim();
  const due = form.querySelector(`[name$="due-${point}"]`).value;
  const files = [...(form.querySelector(`input[type=file][name$="files-${point}"]`)?.files || [])];
  const said = { met, words: text, due_on: met === "no" ? due : "" };
  const isSame = !files.length && ["met", "words", "due_on"].every((name) => said[name] === (seen[name] || ""));
  let fault = "";
  if (!met) fault = text || due || files.length ? words.unmet : "";
  else if (met !== "yes" && !text) fault = words.write;
  else if (met === "no" && !due) fault = words.due;
  else if (met === "no" && due < today() && !isSame) fault = words.past;
  return { said, files, fault, isSame };
}

async function keep(check, sheet, form, again) {
  const given = { check: check.id, norm: sheet.key, title: `${sheet.title}, ${check.centre}`, said: {}, seen: {} };
  const files = [];
  for (const point of sheet.points) {
    const seen = check.points[point] || {};
    const told = pointOf(form, point, seen);
    if (told.fault) {
      form.querySelector(`[name$="${told.fault === words.write ? "words" : told.fault === words.unmet ? "met" : "due"}-${point}"]`).focus();
      return say(told.fault);
    }
    if (!told.said.met || told.isSame) continue;
    given.said[point] = told.said;
    given.seen[point] = { met: seen.met || "", words: seen.words || "", due_on: seen.due_on || "" };
    for (const file of told.files) files.push({ point, file: await smaller(file, SIDE) });
  }
  if (!Object.keys(given.said).length) return say(words.answer);
  try {
    if (!(await store.hasRoom(files.reduce((sum, one) => sum + one.file.size, 0)))) throw new Error("full");
    queue.lay(day, await queue.add(own, given, files));
  } catch (full) {
    return say(words.full);
  }
  if (again) await queue.drop(own, again);
  await store.keepDay(own, day).catch(() => {});
  await back();
  say(words.kept);
  return navigator.onLine ? refresh() : undefined;
}

part("send").addEventListener("click", refresh);
part("open").addEventListener("click", async () => ((await store.hasLeft()) ? location.assign(words.signIn) : refresh()));
part("leave").addEventListener("click", async () => {
  await store.leave();
  own = day = null;
  isWriting = false;
  if (navigator.onLine) location.assign(words.signOut);
  else await draw();
});
window.addEventListener("online", open);
window.addEventListener("offline", draw);
document.addEventListener("visibilitychange", () => { if (!document.hidden) open(); });
if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker).catch(() => {});
open();
