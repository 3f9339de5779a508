// Photos of a form are made smaller before they are sent, so that they get through on a bad connection.
// Without it: the server makes them smaller after they came in whole.

import { smaller } from "./photos.js";

if (typeof DataTransfer !== "undefined") document.addEventListener("change", async (event) => {
  const field = event.target;
  if (!field.matches || !field.matches("input[type=file][data-shrink]") || field.dataset.busy) return;
  field.dataset.busy = "1";
  const carrier = new DataTransfer();
  for (const file of [...field.files]) carrier.items.add(await smaller(file));
  field.files = carrier.files;
  delete field.dataset.busy;
});
