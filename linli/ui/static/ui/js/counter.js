// Keyboard of the window: the key that an element names (data-hot), Enter to the next field,
// digits and arrows in a list of choices. Without it: Tab, Enter and the browser's own keys.

const shown = (node) => node.offsetParent !== null;
const hot = (key) => [...document.querySelectorAll("[data-hot]")].find((node) => node.dataset.hot === key && shown(node));

function use(node) {
  if (node.type === "radio") return node.focus();
  if (!node.matches("input")) return node.click();
  node.focus();
  node.select();
}

// the fields of a form in their order; of a group of choices the one that Tab would reach
function fields(form) {
  return [...form.elements].filter((one) => {
    if (!one.matches("input, select, textarea, button") || one.type === "hidden" || one.disabled || !shown(one)) return false;
    if (one.type !== "radio") return true;
    const group = [...form.elements].filter((other) => other.name === one.name);
    return one === (group.find((other) => other.checked) || group[0]);
  });
}

function next(field) {
  const all = fields(field.form);
  const here = field.type === "radio" ? all.findIndex((one) => one.name === field.name) : all.indexOf(field);
  const to = all[here + 1];
  if (!to) return;
  to.focus();
  if (to.select) to.select();
}

const choices = (box) => [...box.querySelectorAll("a[href], input[type=radio]")];

function choose(box, event) {
  const all = choices(box);
  if (/^[1-9]$/.test(event.key) && all[event.key - 1]) {
    event.preventDefault();
    const one = all[event.key - 1];
    one.focus();
    one.click();
    const then = box.dataset.then && document.querySelector(box.dataset.then);
    if (then) then.focus();
    return true;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.type === "radio") return false;
  event.preventDefault();
  const to = all[all.indexOf(event.target.closest("a")) + step];
  if (to) to.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const open = event.key === "Escape" && document.querySelector("details.ll-menu[open], details.ll-confirm[open]");
  const named = open ? null : hot(event.key);
  if (named) {
    event.preventDefault();
    use(named);
    return;
  }
  const box = event.target.closest("[data-choices]");
  if (box && choose(box, event)) return;
  const form = event.key === "Enter" && event.target.form;
  if (form && form.hasAttribute("data-enter-next") && event.target.matches("input, select")) {
    event.preventDefault();
    next(event.target);
  }
});

// the cursor stands where the work begins; errors come first (page.js)
if (!document.querySelector("[data-faults]")) {
  const first = document.querySelector("[data-first]");
  const to = first && (first.matches("form") ? fields(first)[0] : first.matches("[data-choices]") ? choices(first)[0] : first);
  if (to) {
    to.focus();
    if (to.select) to.select();
  }
}
