// Reads the codes of families by the camera, where the browser can; elsewhere the code is typed.

const EVERY = 250;
let stream = null;

export async function canRead() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  const known = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  return known.includes("qr_code");
}

export function stop(video) {
  if (stream) for (const track of stream.getTracks()) track.stop();
  stream = null;
  video.srcObject = null;
}

// read until something is found or it is stopped; returns what the code says, or nothing
export async function read(video) {
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const mine = stream;
  video.srcObject = mine;
  await video.play();
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  while (stream === mine) {
    const found = await detector.detect(video).catch(() => []);
    if (found.length) {
      stop(video);
      return found[0].rawValue;
    }
    await new Promise((go) => setTimeout(go, EVERY));
  }
  return "";
}
