// One row more in a table of questions, without a way to the server. Without it: the button sends the page.

const ROW = "[data-row]";

export const rowsOf = (within, key) => {
  const more = within.querySelector(`[data-more-rows][value="${key}"]`);
  return more ? [...more.parentElement.querySelectorAll(`:scope > ${ROW}`)] : [];
};

// the attributes in which the number of a row stands
const PLACES = [["name", /^(answer-[a-z0-9_]+-)\d+/], ["id", /^(id_answer-[a-z0-9_]+-)\d+/], ["for", /^(id_answer-[a-z0-9_]+-)\d+/],
  ["data-path", /^([a-z0-9_]+\.)\d+(?=\.)/], ["data-computed", /^([a-z0-9_]+\.)\d+(?=\.)/]];
const TIES = ["aria-describedby", "aria-labelledby"];

function renumber(row, number) {
  for (const one of row.querySelectorAll("*")) {
    for (const [name, at] of PLACES) {
      const held = one.getAttribute(name);
      if (held) one.setAttribute(name, held.replace(at, `$1${number}`));
    }
    for (const name of TIES) {
      const held = one.getAttribute(name);
      if (held) one.setAttribute(name, held.split(" ").map((id) => id.replace(PLACES[1][1], `$1${number}`)).join(" "));
    }
  }
}

function empty(row) {
  for (const one of row.querySelectorAll("input, select, textarea")) {
    if (one.type === "checkbox" || one.type === "radio") one.checked = false;
    else if (one.type !== "hidden") one.value = "";
    one.classList.remove("is-invalid");
    one.removeAttribute("aria-invalid");
  }
  for (const one of row.querySelectorAll(".ll-err")) one.remove();
  for (const one of row.querySelectorAll("output")) one.textContent = "";
  for (const one of row.querySelectorAll(".has-error")) one.classList.remove("has-error");
}

// adds an empty row before the button and returns it; null where the table is full
export function grow(more) {
  const table = more.closest("[data-rows]");
  const rows = [...table.querySelectorAll(`:scope > ${ROW}`)], most = Number(table.dataset.most);
  if (!rows.length || rows.length >= most) return null;
  const last = rows[rows.length - 1], row = last.cloneNode(true);
  // choices that share a name would take the mark from the row that is copied
  empty(row);
  renumber(row, rows.length);
  row.querySelector("legend").textContent = more.dataset.words.replace("#", rows.length + 1);
  last.after(row);
  more.hidden = rows.length + 1 >= most;
  return row;
}
