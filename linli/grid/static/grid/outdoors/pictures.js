// The photos of an open form: made small at once, shown, taken out again. They lie in no store before
// the form is kept; then they are sealed with it.

import { smaller } from "../../ui/js/photos.js";
import { words } from "./day.js";
import { hasRoom } from "./store.js";

const SIDE = 1280;
const MOST = 6;
const THUMB = 72;

// fails if the browser cannot read it; a browser that cannot tell leaves it to the server
async function thumb(canvas, photo) {
  if (!window.createImageBitmap) return;
  const drawn = await createImageBitmap(photo);
  const scale = THUMB / Math.max(drawn.width, drawn.height);
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
}

// what could not be read is told beside the photos
function unreadBeside(field) {
  const told = document.createElement("p");
  told.className = "ll-err gr-unread";
  told.setAttribute("role", "status");
  told.hidden = true;
  field.after(told);
  return (names) => {
    told.textContent = names.length ? words.photoUnread.replace("0", () => names.join(", ")) : "";
    told.hidden = !names.length;
  };
}

// returns what gives the photos of a form, once all of them are small; `say` tells what is not taken,
// `earlier` gives those of the form before it
export function photosOf(form, say, earlier) {
  const field = form.elements.photos;
  const held = [];
  let busy = Promise.resolve();

  async function line(photo) {
    const row = document.getElementById("t-photo").content.cloneNode(true).firstElementChild;
    await thumb(row.querySelector("canvas"), photo);
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
    field.before(await line(photo));
    number();
    return "";
  }

  // whatever one of them does, the others are taken and the form can be kept
  async function take(files, tell) {
    const told = new Set();
    const unread = [];
    for (const file of files) {
      try {
        told.add(await add(file));
      } catch (unreadable) {
        unread.push(file.name);
      }
    }
    tell(unread);
    return [...told].filter(Boolean).join(" ");
  }

  if (field) {
    const tell = unreadBeside(field);
    if (earlier) busy = earlier().then((photos) => take(photos, tell));
    field.addEventListener("change", () => {
      const chosen = [...field.files];
      field.value = "";
      busy = busy.then(async () => say(await take(chosen, tell)));
    });
  }
  return async () => { await busy; return [...held]; };
}
