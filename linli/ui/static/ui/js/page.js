// Small comforts of every page. Without it: menus close by their own summary, errors are still on top.

// an open menu closes on Escape and on a click elsewhere
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.ll-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.ll-menu[open], details.ll-confirm[open], details[data-keys][open]")) {
    open.open = false;
    open.querySelector("summary").focus({ preventScroll: true });
  }
});

// many tabs lie in one line that can be moved: the present one is in sight
for (const here of document.querySelectorAll(".ll-tabs.is-many [aria-current]")) {
  const list = here.closest(".ll-tabs");
  list.scrollLeft = here.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
}

// so does the menu of a desk, which is longer than many a screen
for (const here of document.querySelectorAll(".ll-side [aria-current]")) {
  const side = document.getElementById("side");
  if (here.offsetTop + here.offsetHeight > side.clientHeight) side.scrollTop = here.offsetTop - (side.clientHeight - here.offsetHeight) / 2;
}

// what opens a page, or names a person, stays out of history and of addresses that are sent round
for (const { content } of document.querySelectorAll("meta[name='ll-strip']")) {
  const here = new URL(location.href);
  if (!here.searchParams.has(content)) continue;
  here.searchParams.delete(content);
  history.replaceState(history.state, "", here);
}

// errors are read aloud and reached first
const faults = document.querySelector("[data-faults]");
if (faults) faults.focus();

// a second click on a submit button must not look as if nothing happened
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
});
// coming back by the browser's button, the form may be sent again
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// where little room is given, how much of it is used; the browser itself stops at the end
document.addEventListener("input", (event) => {
  const area = event.target;
  if (area.tagName !== "TEXTAREA" || area.maxLength < 1 || area.maxLength > 1000) return;
  let count = area.nextElementSibling;
  if (!count || !count.matches("[data-count]")) {
    count = document.createElement("p");
    count.className = "ll-meta ll-num";
    count.dataset.count = "";
    count.setAttribute("aria-hidden", "true");
    area.after(count);
  }
  count.textContent = area.value.length + " / " + area.maxLength;
});

// ticking all rows, and saying how many are ticked
const boxes = (table) => [...table.querySelectorAll("input[name=pick]")];
for (const all of document.querySelectorAll("[data-all]")) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes(all.closest("table"))) box.checked = all.checked;
    tell(all.closest("form"));
  });
}
document.addEventListener("change", (event) => {
  if (event.target.name === "pick") tell(event.target.closest("form"));
});
function tell(form) {
  const told = form && form.querySelector("[data-picked]");
  if (!told || !told.dataset.words) return;
  told.textContent = told.dataset.words.replace("0", form.querySelectorAll("input[name=pick]:checked").length);
}

// a parcel that htmx brought in may be a list of errors
document.addEventListener("htmx:after:swap", () => {
  const fresh = document.querySelector("#notice [data-faults]");
  if (fresh) fresh.focus();
});

// shortcuts are told only where they work
const hint = document.querySelector("[data-keys-hint]");
if (hint) {
  hint.hidden = false;
  const has = {
    rows: document.querySelector("table[data-rows] > tbody > tr a"),
    picks: document.querySelector("table[data-rows] > tbody > tr input[name=pick]"),
  };
  for (const part of hint.querySelectorAll("[data-keys-rows]")) part.hidden = !has[part.dataset.keysRows || "rows"];
}

for (const print of document.querySelectorAll("[data-print]")) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
