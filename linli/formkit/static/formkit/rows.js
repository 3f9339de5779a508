// Copied rows that are pasted into a cell of a table go into the rows below, by the server, which binds
// columns by their headings. Without it: the box "Paste rows from Excel" below the table.

for (const table of document.querySelectorAll("[data-rows]")) {
  table.addEventListener("paste", (event) => {
    const cell = event.target.closest("input:not([type=hidden])");
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!cell || !text || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const box = table.querySelector("[data-paste]");
    const start = table.querySelector(`[name="${table.dataset.rows}-start"]`);
    const button = box && box.closest("details").querySelector("button[type=submit]");
    if (!box || !button) return;
    box.value = text;
    start.value = cell.name.split("-").slice(2).join("-");
    cell.form.requestSubmit(button);
  });
}
