// Passkeys: asks the device, puts its answer into the form, sends it. Without a script the form
// stays hidden and the password is the way.
const decode = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const keys = (list) => (list || []).map((one) => ({ ...one, id: decode(one.id) }));

function question(given) {
  const options = { ...given.publicKey, challenge: decode(given.publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: decode(options.user.id) };
  if (options.allowCredentials) options.allowCredentials = keys(options.allowCredentials);
  if (options.excludeCredentials) options.excludeCredentials = keys(options.excludeCredentials);
  return { publicKey: options };
}

function answer(found) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (found.response[name]) response[name] = encode(found.response[name]);
  }
  return JSON.stringify({
    id: found.id,
    rawId: encode(found.rawId),
    type: found.type,
    response,
    clientExtensionResults: found.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential || !form.dataset.options) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const field = form.elements.passkey;
    if (field.value) return;
    event.preventDefault();
    const fault = form.querySelector("[data-passkey-fault]");
    try {
      const asked = question(JSON.parse(form.dataset.options));
      const found = await navigator.credentials[form.dataset.passkey](asked);
      field.value = answer(found);
      form.requestSubmit();
    } catch {
      if (fault) fault.hidden = false;
    }
  });
}
