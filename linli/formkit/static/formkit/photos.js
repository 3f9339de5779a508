// Photos are made smaller before they are sent, so that they get through on a bad connection.
// Without it: the server makes them smaller after they came in whole.

const SIDE = 1920, GOOD = 0.85, SMALL = 300 * 1024;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size < SMALL || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", GOOD));
    const name = file.name.replace(/\.\w+$/, "") + ".jpg";
    return blob && blob.size < file.size ? new File([blob], name, { type: "image/jpeg" }) : file;
  } catch (unreadable) {
    return file; // the server says what is wrong with it
  }
}

if (typeof DataTransfer !== "undefined") document.addEventListener("change", async (event) => {
  const field = event.target;
  if (!field.matches || !field.matches("input[type=file][data-shrink]") || field.dataset.busy) return;
  field.dataset.busy = "1";
  const carrier = new DataTransfer();
  for (const file of [...field.files]) carrier.items.add(await smaller(file));
  field.files = carrier.files;
  delete field.dataset.busy;
});
