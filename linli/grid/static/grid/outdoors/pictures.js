// The photos of an open form: made small at once, shown, taken out again. They lie in no store before
// the form is kept; then they are sealed with it.

import { smaller } from "../../ui/js/photos.js";
import { words } from "./day.js";
import { hasRoom } from "./store.js";

const SIDE = 1280;
const MOST = 6;
const THUMB = 72;

async function thumb(canvas, photo) {
  const drawn = await createImageBitmap(photo);
  const scale = THUMB / Math.max(drawn.width, drawn.height);
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
}

// returns what gives the photos of a form, once all of them are small; `say` tells what is not taken
export function photosOf(form, say) {
  const field = form.elements.photos;
  const held = [];
  let busy = Promise.resolve();

  function line(photo) {
    const row = document.getElementById("t-photo").content.cloneNode(true).firstElementChild;
    held.push(photo);
    row.querySelector("[data-size]").textContent = `${Math.max(1, Math.round(photo.size / 1024))} KB`;
    row.querySelector("button").addEventListener("click", () => {
      held.splice(held.indexOf(photo), 1);
      row.remove();
      number();
      field.focus();
    });
    return row;
  }

  function number() {
    form.querySelectorAll(".gr-photo").forEach((row, at) => {
      const name = words.photo1.replace("1", at + 1);
      row.querySelector("[data-name]").textContent = name;
      row.querySelector("canvas").setAttribute("aria-label", name);
    });
  }

  async function add(file) {
    if (held.length >= MOST) return words.photosMost;
    if (!file.type.startsWith("image/")) return words.photoNone;
    const photo = await smaller(file, SIDE, 0);
    const together = held.reduce((sum, one) => sum + one.size, photo.size);
    if (!(await hasRoom(together))) return words.photoRoom;
    const row = line(photo);
    field.before(row);
    try {
      await thumb(row.querySelector("canvas"), photo);
    } catch (unreadable) {
      row.querySelector("canvas").remove(); // the server says what is wrong with it
    }
    number();
    return "";
  }

  if (field) {
    field.addEventListener("change", () => {
      const chosen = [...field.files];
      field.value = "";
      busy = busy.then(async () => {
        const told = new Set();
        for (const file of chosen) told.add(await add(file));
        say([...told].filter(Boolean).join(" "));
      });
    });
  }
  return async () => { await busy; return [...held]; };
}
