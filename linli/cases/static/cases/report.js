// The form to report something: photos are made smaller before they travel, and when the network fails
// the report waits on this phone and goes out when it is back. Without it: the form is sent as it is.

import { smaller } from "../ui/js/photos.js";

const AGE = 7 * 24 * 3600 * 1000;
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

function opened() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open("linli-reports", 2);
    asked.onupgradeneeded = () => {
      for (const name of [...asked.result.objectStoreNames]) asked.result.deleteObjectStore(name);
      asked.result.createObjectStore("waiting", { keyPath: "key" });
      asked.result.createObjectStore("keys", { keyPath: "name" });
    };
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => done(asked.result);
  });
}

const settled = (asked) =>
  new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

async function within(name, mode, act) {
  const base = await opened();
  try {
    return await settled(act(base.transaction(name, mode).objectStore(name)));
  } finally {
    base.close();
  }
}

// the key never leaves this browser: it can be used here and cannot be read, not even by this page
async function own() {
  const known = await within("keys", "readonly", (store) => store.get("own"));
  if (known) return known.key;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await within("keys", "readwrite", (store) => store.put({ name: "own", key }));
  return key;
}

// the fields and photos of a form as one blob: a line that tells what follows, then the photos
async function sealed(data) {
  const told = [];
  const bodies = [];
  for (const [name, value] of data) {
    if (typeof value === "string") told.push({ name, text: value });
    else {
      const bytes = await value.arrayBuffer();
      told.push({ name, file: value.name, type: value.type, size: bytes.byteLength });
      bodies.push(bytes);
    }
  }
  const whole = new Blob([JSON.stringify(told), "\n", ...bodies]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const secret = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await own(), await whole.arrayBuffer());
  return { iv, secret };
}

async function unsealed(row) {
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, await own(), row.secret));
  const end = plain.indexOf(10);
  const data = new FormData();
  let at = end + 1;
  for (const one of JSON.parse(new TextDecoder().decode(plain.subarray(0, end)))) {
    if (one.file === undefined) data.append(one.name, one.text);
    else {
      data.append(one.name, new File([plain.subarray(at, at + one.size)], one.file, { type: one.type }));
      at += one.size;
    }
  }
  return data;
}

async function keep(data) {
  const row = { key: data.get("key"), at: Date.now(), action: form.action, ...(await sealed(data)) };
  await within("waiting", "readwrite", (store) => store.put(row));
  // the next report on this page is another one
  form.elements.key.value = crypto.randomUUID ? crypto.randomUUID() : String(Date.now());
}

const forget = (key) => within("waiting", "readwrite", (store) => store.delete(key));
const waiting = () => within("waiting", "readonly", (store) => store.getAll());

// what waits stands on the page, so that nobody writes it again or hands the phone on unaware
async function list() {
  const room = document.querySelector("[data-waiting]");
  if (!room) return;
  const rows = await waiting();
  const lines = room.querySelector("ul");
  lines.textContent = "";
  for (const row of rows) {
    const data = await unsealed(row);
    const line = document.createElement("li");
    const words = document.createElement("span");
    words.textContent = data.get("text").slice(0, 60) + " ";
    const photos = data.getAll("photos").length;
    if (photos) words.textContent += "(" + room.dataset.wordsPhotos + " " + photos + ") ";
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-sm";
    drop.textContent = room.dataset.wordsDrop;
    drop.addEventListener("click", () => forget(row.key).then(list));
    line.append(words, drop);
    lines.append(line);
  }
  room.hidden = !rows.length;
}

function dropDraft() {
  try {
    localStorage.removeItem("linli-draft:" + form.dataset.draft);
  } catch (denied) {
    return;
  }
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
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    if (answer.redirected && answer.ok) {
      dropDraft();
      location.assign(answer.url);
      return;
    }
    // what is wrong or alike stands on the page that the server makes of it; the photos go whole this
    // time, so it is another request than the one that was answered under the key
    if (answer.ok) form.elements.key.value += "-2";
    form.submit();
  } catch (offline) {
    try {
      await keep(data);
      dropDraft();
      form.reset();
      await list();
      tell(note.dataset.wordsKept);
      note.scrollIntoView({ block: "center" });
    } catch (full) {
      // no room, or no way to seal it here: the words stay in the form
      tell(note.dataset.wordsStay);
      note.scrollIntoView({ block: "center" });
    }
  } finally {
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
  }
}

async function posted(row, data) {
  // the token of the page at hand: the one of then may have ended with its session
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token) data.set("csrfmiddlewaretoken", token.value);
  let answer = await fetch(row.action, { method: "POST", body: data, credentials: "same-origin" });
  if (answer.ok && !answer.redirected) {
    // something alike was offered to nobody: hers goes on as a matter of its own, which is another request
    data.set("seen", "1");
    data.set("key", row.key + "-2");
    answer = await fetch(row.action, { method: "POST", body: data, credentials: "same-origin" });
  }
  return answer;
}

// what is wrong is put back into the form, for its writer to mend
function back(data) {
  for (const [name, value] of data) {
    const field = form.elements[name];
    if (typeof value === "string" && field && field.type !== "hidden" && "value" in field) field.value = value;
  }
  const photos = new DataTransfer();
  for (const one of data.getAll("photos")) photos.items.add(one);
  form.elements.photos.files = photos.files;
}

// what waits goes out under the key that it had: a copy that did arrive is not filed twice
async function flush() {
  let rows;
  try {
    rows = await waiting();
  } catch (denied) {
    return;
  }
  for (const row of rows) {
    if (Date.now() - row.at > AGE) {
      await forget(row.key);
      continue;
    }
    try {
      const data = await unsealed(row);
      const answer = await posted(row, data);
      if (answer.redirected && answer.ok) {
        await forget(row.key);
        tell(note.dataset.wordsSent, answer.url);
      } else if (answer.ok || answer.status === 422) {
        await forget(row.key);
        back(data);
        tell(note.dataset.wordsWrong);
      }
    } catch (offline) {
      tell(note.dataset.wordsKept);
    }
  }
  await list();
}

// two pages of one browser take turns
const inTurn = (act) => (navigator.locks ? navigator.locks.request("linli-reports", act) : act());

// what the words point to takes the place of the long list; the choice is the writer's
const room = form && form.querySelector("[data-suggest]");
let asked = "";
async function suggest() {
  const text = form.elements.text.value.trim();
  if (text.length < 4 || text === asked) return;
  asked = text;
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "place"]) data.append(name, form.elements[name].value);
  const chosen = new FormData(form).get("category");
  data.append("text", text);
  data.append("category", chosen || "");
  try {
    const answer = await fetch(room.dataset.suggest, { method: "POST", body: data, credentials: "same-origin" });
    const html = answer.ok && answer.status === 200 ? (await answer.text()).trim() : "";
    // without a hint the list stays as it is, and so it does if what was chosen is not among the hints
    const holds = !chosen || html.includes('value="' + chosen + '"');
    if (holds && html.includes("name=\"category\"")) room.innerHTML = html;
  } catch (offline) {
    asked = "";
  }
}
if (room && window.fetch) form.elements.text.addEventListener("change", suggest);

// coming back by the browser's button: what was chosen is chosen again in the list of the fresh page,
// and another report goes out under a key of its own (the same words lead to the receipt of before)
if (room) {
  form.addEventListener("change", (event) => {
    if (event.target.name !== "category") return;
    history.replaceState({ ...history.state, category: event.target.value }, "");
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && crypto.randomUUID) form.elements.key.value = crypto.randomUUID();
    const chosen = history.state && history.state.category;
    const list = room.querySelector("select");
    if (list && chosen) list.value = chosen;
  });
}

if (form && note && window.fetch && window.indexedDB) {
  form.addEventListener("submit", send);
  window.addEventListener("online", () => inTurn(flush));
  inTurn(flush);
}
