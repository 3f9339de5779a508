// Whoever comes to sign in or out leaves no key behind: what other pages sealed on this device stays,
// but cannot be read until its owner signs in again. Without it: keys end by themselves within a day.
if (window.indexedDB) {
  indexedDB.deleteDatabase("linli-keys");
  document.addEventListener("submit", () => indexedDB.deleteDatabase("linli-left"));
}
