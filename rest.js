// Loads the other parts of the WebAssembly, in their order: after the first listing, or at once when something in one of
// them is needed earlier. The build puts this behind wasm-bindgen's JavaScript, whose `wasm` and imports it uses.

const parts = ["@@SPARE_WASM@@", "@@AROUND_WASM@@", "@@REST_WASM@@"].map((name) => new URL(name, import.meta.url));
const isLinked = [];

/** Links a part with what is there. From then on its functions can be called. */
function link(index, module) {
  if (isLinked[index]) return;
  new WebAssembly.Instance(module, { ...__wbg_get_imports(), first: wasm });
  isLinked[index] = true;
}

/**
 * Waits for the next part, however long that takes: the program stands still in the middle of something.
 * Throws if it cannot be had; the page then says so.
 */
function needPart() {
  const index = isLinked.length;
  const request = new XMLHttpRequest();
  request.open("GET", parts[index], false);
  // Bytes as letters, since a request that is waited for gives text alone.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  try {
    request.send();
    if (request.status !== 200) throw new Error(`${request.status} for a part of the picker`);
    link(index, new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0))));
  } catch (error) {
    globalThis.onedrivePicker?.broken?.();
    throw error;
  }
}

const linked = [];

/**
 * Fetches the parts up to the one with that index (-1 for none), while the person goes on, and resolves when it is there. If one cannot be had
 * now, it is when it is needed.
 */
function loadPart(last) {
  for (let index = linked.length; index <= last; index++) {
    const module = isLinked[index] ? null :
      fetch(parts[index])
        .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)))
        .then((bytes) => WebAssembly.compile(bytes));
    linked[index] = Promise.all([module, linked[index - 1]])
      .then(([module]) => module && link(index, module))
      .catch(() => {});
  }
  return linked[last];
}

globalThis.onedrivePicker = Object.assign(globalThis.onedrivePicker ?? {}, { loadPart });
