// Signing with a finger or the mouse. Without it, and by keyboard: a photo of the signature, or on paper.

const INK = "#1f2523";

function wire(box) {
  const ways = [...box.querySelectorAll("input[type=radio]")];
  const pad = box.querySelector(".fk-pad"), photo = box.querySelector(".fk-photo");
  const canvas = pad.querySelector("canvas"), pen = canvas.getContext("2d");
  const file = box.querySelector("input[type=file]");
  let drawing = false, drawn = false;
  if (typeof DataTransfer === "undefined" || !canvas.toBlob) return;
  box.querySelector("[data-drawn]").hidden = false;
  if (!ways.some((way) => way.checked)) ways[0].checked = true;

  const way = () => (ways.find((one) => one.checked) || {}).value;
  const turn = () => {
    pad.hidden = way() !== "drawn";
    photo.hidden = way() !== "photo";
  };
  const at = (event) => {
    const place = canvas.getBoundingClientRect();
    return [((event.clientX - place.left) * canvas.width) / place.width, ((event.clientY - place.top) * canvas.height) / place.height];
  };
  function clear() {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
    file.value = "";
  }
  const keep = () => canvas.toBlob((blob) => {
    if (!blob || !drawn) return;
    const carrier = new DataTransfer();
    carrier.items.add(new File([blob], "signature.png", { type: "image/png" }));
    file.files = carrier.files;
  }, "image/png");

  canvas.addEventListener("pointerdown", (event) => {
    drawing = drawn = true;
    canvas.setPointerCapture(event.pointerId);
    Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: INK });
    pen.beginPath();
    pen.moveTo(...at(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => {
    if (drawing) keep();
    drawing = false;
  });
  pad.querySelector("[data-clear]").addEventListener("click", clear);
  for (const one of ways) one.addEventListener("change", () => {
    if (way() !== "photo") file.value = "";
    if (way() === "drawn" && drawn) keep();
    turn();
  });
  clear();
  turn();
}

// questions that come up later are made ready by whoever puts them there
export function ready(within) {
  for (const box of within.querySelectorAll("[data-sign]:not([data-ready])")) {
    box.dataset.ready = "1";
    wire(box);
  }
}

ready(document);
