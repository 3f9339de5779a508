// Photos are made smaller before they travel: one of a phone has ten times the points that anybody needs.
// Without it: they are sent as they are, and the server makes them smaller.

export async function smaller(file, side = 1920, least = 300 * 1024) {
  if (!file.type.startsWith("image/") || file.size < least || !window.createImageBitmap) return file;
  try {
    const drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, side / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch (unreadable) {
    return file; // the server says what is wrong with it
  }
}
