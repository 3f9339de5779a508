// The form to report something: photos are made smaller before they travel, and when the network fails
// the report waits on this phone and goes out when it is back. Without it: the form is sent as it is.

import { smaller } from "../ui/js/photos.js";
import { unkept } from "../ui/js/unkept.js";
import * as queue from "./queue.js";
import "./suggest.js";
import { follow, rowsFor, showAll } from "./questions.js";

const form = document.getElementById("report");
const note = document.querySelector("[data-queue]");

function tell(words, to) {
  if (!note) return;
  const line = note.querySelector("span");
  line.textContent = words;
  if (to) {
    const link = document.createElement("a");
    link.href = to;
    link.textContent = note.dataset.wordsOpen;
    line.append(" ", link);
  }
  note.hidden = false;
  note.setAttribute("role", "status");
}

async function packed() {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (!(value instanceof File)) data.append(name, value);
    else if (value.size) data.append(name, await smaller(value), value.name);
  }
  return data;
}

// the browser sends it with the page closed too, where it can; says whether it will
async function inBackground() {
  try {
    const found = await navigator.serviceWorker.getRegistration(note.dataset.worker);
    if (!found || !found.active) return false;
    await found.sync.register(queue.TAG);
    return true;
  } catch (unable) {
    return false;
  }
}

const filesIn = (data) => [...data.values()].filter((one) => one instanceof File);

// more than this a phone cannot seal at once
const MOST_KEPT = 64 * 1024 * 1024;

async function keep(data) {
  if (filesIn(data).reduce((sum, one) => sum + one.size, 0) > MOST_KEPT) throw new Error("too large");
  await queue.keep(data, form.action);
  // the next report on this page is another one
  form.elements.key.value = crypto.randomUUID ? crypto.randomUUID() : String(Date.now());
}

function line(words, ...parts) {
  const row = document.createElement("li");
  const text = document.createElement("span");
  text.textContent = words + " ";
  row.append(text, ...parts);
  return row;
}

function dropper(room, act) {
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn-sm";
  drop.textContent = room.dataset.wordsDrop;
  drop.addEventListener("click", () => act().then(list));
  return drop;
}

// what waits stands on the page, so that nobody writes it again or hands the phone on unaware; and what
// went out meanwhile, until its writer has seen number and code
async function list() {
  const room = document.querySelector("[data-waiting]");
  if (!room) return;
  const rows = await queue.waiting();
  const lines = [];
  for (const row of rows) {
    const data = await queue.unsealed(row);
    const files = filesIn(data).length;
    const words = data.get("text").slice(0, 60) + (files ? " (" + room.dataset.wordsPhotos + " " + files + ")" : "");
    lines.push(line(words, dropper(room, () => queue.forget(row.key))));
  }
  room.querySelector("ul").replaceChildren(...lines);
  room.hidden = !rows.length;
  if (rows.length) room.querySelector("p").textContent = (await inBackground()) ? room.dataset.wordsAlways : room.dataset.wordsHere;
  await listSent();
}

async function listSent() {
  const room = document.querySelector("[data-gone-out]");
  const rows = await queue.sent();
  room.querySelector("ul").replaceChildren(...rows.map((row) => {
    const link = document.createElement("a");
    link.href = row.url;
    link.textContent = note.dataset.wordsOpen;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      queue.forgetSent(row.key).finally(() => location.assign(row.url));
    });
    return line(row.text, link, " ", dropper(room, () => queue.forgetSent(row.key)));
  }));
  room.hidden = !rows.length;
}

function dropDraft() {
  try {
    localStorage.removeItem("linli-draft:" + form.dataset.draft);
  } catch (denied) {
    return;
  }
}

// photos that came in do not travel again; only with one that was refused do all, for the page to say why
function takeOver(answered) {
  const page = new DOMParser().parseFromString(answered, "text/html");
  const kept = page.querySelector("#report [name=kept]");
  if (!kept || !kept.value || page.querySelector("#report [name=photos].is-invalid")) return;
  form.elements.kept.value = kept.value;
  form.elements.photos.value = "";
}

async function send(event) {
  // taking a photo back, or following another's report, is a matter of the page itself
  if (event.defaultPrevented || (event.submitter && event.submitter.name)) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  form.setAttribute("aria-busy", "true");
  const data = await packed();
  try {
    if (unkept(form)) {
      // that it was led elsewhere is noted each time it comes in: it goes once, if there is network at all
      await fetch(form.action, { method: "HEAD", cache: "no-store", credentials: "same-origin" });
      form.submit();
      return;
    }
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    if (answer.redirected && answer.ok) {
      dropDraft();
      location.assign(answer.url);
      return;
    }
    // what is wrong or alike stands on the page that the server makes of it: the words go once more, as
    // another request than the one that was answered under the key
    takeOver(await answer.text());
    if (answer.ok) form.elements.key.value += "-2";
    form.submit();
  } catch (offline) {
    try {
      // what accuses an official is led elsewhere: it does not wait here to be sent
      if (unkept(form)) throw new Error("not kept");
      await keep(data);
      dropDraft();
      form.reset();
      await list();
      tell((await inBackground()) ? note.dataset.wordsKeptAlways : note.dataset.wordsKept);
      note.scrollIntoView({ block: "center" });
    } catch (full) {
      // no room, or no way to seal it here: the words stay in the form
      tell(filesIn(data).length && !unkept(form) ? note.dataset.wordsFull : note.dataset.wordsStay);
      note.scrollIntoView({ block: "center" });
    }
  } finally {
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
  }
}

// what is wrong is put back into the form, for its writer to mend, with what the category asked
async function back(data) {
  fill(data);
  await follow();
  rowsFor([...data.keys()]);
  fill(data);
  for (const field of form.querySelectorAll("input[type=file][name]")) {
    const files = new DataTransfer();
    for (const one of data.getAll(field.name)) if (one instanceof File) files.items.add(one);
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  showAll();
}

function fill(data) {
  for (const one of form.elements) {
    if (!one.name || ["hidden", "file", "submit", "button"].includes(one.type)) continue;
    const given = data.getAll(one.name);
    if (one.type === "checkbox" || one.type === "radio") one.checked = given.includes(one.value);
    // of a point there are two of one name
    else if (given.length) one.value = given[[...form.querySelectorAll(`[name="${one.name}"]`)].indexOf(one)] ?? given[0];
  }
}

async function flush() {
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  try {
    await queue.flush(token ? token.value : "", async (state, row, more) => {
      if (state === "sent") tell(note.dataset.wordsSent, more);
      else if (state === "wrong") {
        await queue.forget(row.key);
        await back(more);
        tell(note.dataset.wordsWrong);
      } else tell((await inBackground()) ? note.dataset.wordsKeptAlways : note.dataset.wordsKept);
    });
    await list();
  } catch (denied) {
    return; // this browser keeps nothing
  }
}

// the worker sent it while this page stood open
function heard(event) {
  if (event.data && event.data.sent) {
    tell(note.dataset.wordsSent, event.data.sent);
    list();
  }
}

async function readyWorker() {
  if (!navigator.serviceWorker || !("SyncManager" in window)) return;
  navigator.serviceWorker.addEventListener("message", heard);
  navigator.serviceWorker.startMessages();
  await navigator.serviceWorker.register(note.dataset.worker, { type: "module" }).catch(() => {});
}

if (form && note && window.fetch && window.indexedDB) {
  form.addEventListener("submit", send);
  window.addEventListener("online", () => queue.inTurn(flush));
  queue.inTurn(flush);
  readyWorker();
}
