// How much room a browser gives to what is kept on a phone.

// words need little; they must find room after the last photo too
const FOR_WORDS = 2 * 1024 * 1024;

// how many bytes the browser says it gives; without an answer there is room until it says otherwise
export async function left() {
  if (!navigator.storage || !navigator.storage.estimate) return Infinity;
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined ? Infinity : quota - usage;
}

// many browsers name a number that is not true, so that nobody is known by it: as much is written once
// write: puts a row into the store of photos and is settled when it lies there; drop: takes it out by its id
export async function hasRoom(bytes, write, drop) {
  const needed = bytes + FOR_WORDS;
  if ((await left()) < needed) return false;
  try {
    await write({ id: "room", body: new Uint8Array(needed) });
    return true;
  } catch (full) {
    return false;
  } finally {
    await drop("room").catch(() => {});
  }
}
