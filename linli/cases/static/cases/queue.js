// Reports that wait on this phone: sealed here, sent once each when there is network. The page of the
// form uses it, and so does its worker, which sends when the page is closed.

export const TAG = "linli-reports";
const AGE = 7 * 24 * 3600 * 1000;

function opened() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open("linli-reports", 3);
    asked.onupgradeneeded = (event) => {
      const base = asked.result;
      // what lay there before it was sealed goes; what waits sealed stays
      if (event.oldVersion < 2) for (const name of [...base.objectStoreNames]) base.deleteObjectStore(name);
      for (const [name, keyPath] of [["waiting", "key"], ["keys", "name"], ["sent", "key"]]) {
        if (!base.objectStoreNames.contains(name)) base.createObjectStore(name, { keyPath });
      }
    };
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      done(asked.result);
    };
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

async function sealedBytes(bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, secret: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await own(), bytes) };
}

const openedBytes = async (row) =>
  new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, await own(), row.secret));

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
  return sealedBytes(await whole.arrayBuffer());
}

export async function unsealed(row) {
  const plain = await openedBytes(row);
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

export async function keep(data, action) {
  const row = { key: data.get("key"), at: Date.now(), action, ...(await sealed(data)) };
  await within("waiting", "readwrite", (store) => store.put(row));
}

export const forget = (key) => within("waiting", "readwrite", (store) => store.delete(key));
export const waiting = () => within("waiting", "readonly", (store) => store.getAll());
const isOld = (row) => Date.now() - row.at > AGE;

// where number and code of a report stand that went out, until its writer has looked there
async function keepSent(row, url, text) {
  const told = new TextEncoder().encode(JSON.stringify({ url, text: text.slice(0, 60) }));
  const sent = { key: row.key, at: Date.now(), ...(await sealedBytes(told)) };
  await within("sent", "readwrite", (store) => store.put(sent));
}

export const forgetSent = (key) => within("sent", "readwrite", (store) => store.delete(key));

export async function sent() {
  const found = [];
  for (const row of await within("sent", "readonly", (store) => store.getAll())) {
    if (isOld(row)) await forgetSent(row.key);
    else found.push({ key: row.key, ...JSON.parse(new TextDecoder().decode(await openedBytes(row))) });
  }
  return found;
}

// two pages of one browser, and the worker, take turns
export const inTurn = (act) => (navigator.locks ? navigator.locks.request(TAG, act) : act());

async function post(row, data) {
  const answer = await fetch(row.action, { method: "POST", body: data, credentials: "same-origin" });
  // where it leads tells enough; nobody reads the page itself
  if (answer.body) answer.body.cancel();
  return answer;
}

async function posted(row, data, token) {
  // the token of a page at hand: the one of then may have ended with its session
  if (token) data.set("csrfmiddlewaretoken", token);
  let answer = await post(row, data);
  if (answer.status === 403 && !token) {
    data.set("csrfmiddlewaretoken", await freshToken(row, data));
    answer = await post(row, data);
  }
  if (answer.ok && !answer.redirected) {
    // nobody was offered something alike, and nobody asked what its category asks: hers goes on as a matter
    // of its own without answers, which is another request
    data.set("seen", "1q");
    data.set("key", row.key + "-2");
    answer = await post(row, data);
  }
  return answer;
}

async function freshToken(row, data) {
  const query = new URLSearchParams({ place: data.get("place") || "", spot: data.get("spot") || "" });
  const answer = await fetch(`${row.action}?${query}`, { credentials: "same-origin" });
  const found = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await answer.text());
  return found ? found[1] : "";
}

// what waits goes out under the key that it had: a copy that did arrive is not filed twice. Tells of each
// what became of it: sent (with the address of its receipt), wrong (with what is to be mended), or later
export async function flush(token, tell) {
  for (const row of await waiting()) {
    if (isOld(row)) {
      await forget(row.key);
      continue;
    }
    const data = await unsealed(row);
    const answer = await posted(row, data, token).catch(() => null);
    if (answer && answer.ok && answer.redirected) {
      await keepSent(row, answer.url, data.get("text") || "");
      await forget(row.key);
      await tell("sent", row, answer.url);
    } else if (answer && (answer.ok || answer.status === 422)) await tell("wrong", row, data);
    else await tell("later", row);
  }
}
