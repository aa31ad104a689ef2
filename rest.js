// Loads the rest of the WebAssembly: after the first listing, or at once when something in it is needed earlier. The
// build puts this behind wasm-bindgen's JavaScript, whose `wasm` and imports it uses.

const restUrl = new URL("@@REST_WASM@@", import.meta.url);
let rest;

/** Links the rest with what is there. From then on the program has all of its functions. */
function linkRest(module) {
  rest ??= new WebAssembly.Instance(module, { ...__wbg_get_imports(), first: wasm });
}

/**
 * Waits for the rest, however long that takes: the program stands still in the middle of something.
 * Throws if it cannot be had; the page then says so.
 */
function needRest() {
  const request = new XMLHttpRequest();
  request.open("GET", restUrl, false);
  // Bytes as letters, since a request that is waited for gives text alone.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  try {
    request.send();
    if (request.status !== 200) throw new Error(`${request.status} for the rest of the picker`);
    linkRest(new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0))));
  } catch (error) {
    globalThis.onedrivePicker?.broken?.();
    throw error;
  }
}

/** Fetches the rest while the person looks at the first rows. If it cannot be had now, it is when it is needed. */
function loadRest() {
  if (rest) return;
  fetch(restUrl)
    .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)))
    .then((bytes) => WebAssembly.compile(bytes))
    .then(linkRest)
    .catch(() => {});
}

globalThis.onedrivePicker = Object.assign(globalThis.onedrivePicker ?? {}, { loadRest });
