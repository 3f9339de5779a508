// Keyboard of the desk: / search, J K rows, X tick, Enter open, N P pages, ? the list of all this.
// Without it: Tab and the browser's own keys.

const typing = (node) => node.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("table[data-rows] > tbody > tr")];
const current = () => rows().findIndex((row) => row.classList.contains("is-at"));

function go(step) {
  const all = rows();
  if (!all.length) return;
  const from = current();
  const to = Math.min(Math.max(from + step, 0), all.length - 1);
  if (from >= 0) all[from].classList.remove("is-at");
  all[to].classList.add("is-at");
  const link = all[to].querySelector("a");
  if (link) link.focus({ preventScroll: true });
  all[to].scrollIntoView({ block: "nearest" });
}

function tick() {
  const row = rows()[current()];
  const box = row && row.querySelector("input[name=pick]");
  if (box) box.click();
}

function follow(rel) {
  const link = document.querySelector(`a[rel=${rel}]`);
  if (link) link.click();
}

const keys = document.querySelector("[data-keys]");
// where one was before the list of keys was opened: there one goes on when it is closed, by ? or Escape
let before = null;
if (keys) {
  keys.addEventListener("toggle", () => {
    if (keys.open || !before) return;
    if (before === document.body) document.activeElement.blur();
    else before.focus({ preventScroll: true });
    before = null;
  });
}

function list() {
  if (!keys) return;
  if (!keys.open) before = document.activeElement;
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus({ preventScroll: true });
}

const does = {
  "/": () => {
    const find = document.querySelector("[data-key='/']");
    if (find) find.focus();
  },
  "?": list,
  j: () => go(1),
  k: () => go(-1),
  x: tick,
  n: () => follow("next"),
  p: () => follow("prev"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const act = does[event.key] || does[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});
