/**
 * Looks, from within, at a page under test; put into it before its own scripts. All pages are looked at in the same way: once per
 * animation frame. It reports to the host by a message when the last row is there.
 *
 * @param {{page: string, count: number, until: 'rows' | 'card', prefix: string}} visit
 */
export function probe({ page, count, until, prefix }) {
  if (!/^\/(vanilla|uppy|uppy-dashboard|mgt|onedrive)\//.test(location.pathname)) return;
  const find = (selector) => document.querySelector(selector);
  const mgt = () => find('mgt-file-list')?.shadowRoot?.querySelector('.file-list');
  const uppyFiles = () => {
    const tree = window.uppy?.getPlugin('OneDrive')?.getPluginState().partialTree ?? [];
    return tree.length - 1;
  };

  /** For each page: the text of the first row, and how many rows the list has. */
  const pages = {
    vanilla: { first: () => find('.row')?.textContent, rows: () => find('#list')?.childElementCount },
    picker: {
      first: () => find('[role=row][aria-rowindex="2"]')?.textContent,
      // The head is a row as well.
      rows: () => Number(find('[role=grid]')?.getAttribute('aria-rowcount')) - 1,
    },
    mgt: {
      first: () => mgt()?.querySelector('mgt-file')?.shadowRoot?.textContent,
      rows: () => mgt()?.childElementCount,
    },
    uppy: { first: () => find('.uppy-ProviderBrowserItem')?.textContent, rows: uppyFiles },
  };
  const { first, rows } = pages[page] ?? pages.uppy;
  const card = () => [...document.querySelectorAll('button')].some((button) => /Sign in with Microsoft/.test(button.textContent));
  const begins = until === 'card' ? card : () => first()?.includes(prefix);
  const ends = until === 'card' ? card : () => rows() === count;

  const seen = { syncRequests: [], longTasks: [] };
  window.benchProbe = seen;

  // Requests that stop the page.
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function observed(method, url, isAsync = true, ...rest) {
    if (!isAsync) seen.syncRequests.push(String(url).replace(/[?#].*/, ''));
    return open.call(this, method, url, isAsync, ...rest);
  };

  // Memories of WebAssembly.
  const memories = new Set();
  const note = (result) => {
    for (const value of Object.values((result.instance ?? result).exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
    return result;
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const plain = WebAssembly[name];
    WebAssembly[name] = (...args) => plain.apply(WebAssembly, args).then(note);
  }

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });

  // When the text of the first row is there, in or out of an animation frame.
  const observer = new MutationObserver(() => {
    if (seen.inserted || !begins()) return;
    seen.inserted = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });

  const watch = (condition) => new Promise((done) => {
    const look = () => { if (condition()) done(performance.now()); else requestAnimationFrame(look); };
    look();
  });
  // A task that is queued in an animation frame runs when that frame is painted.
  const painted = async (condition) => {
    const at = await watch(condition);
    const { port1, port2 } = new MessageChannel();
    await new Promise((done) => { port1.onmessage = done; port2.postMessage(null); });
    return { at, painted: performance.now() };
  };
  const elements = (root) => [...root.querySelectorAll('*')]
    .reduce((sum, element) => sum + 1 + (element.shadowRoot ? elements(element.shadowRoot) : 0), 0);

  (async () => {
    const begun = await painted(begins);
    observer.disconnect();
    seen.inserted ??= begun.at;
    seen.first = begun.painted;
    parent.postMessage({ probe: { hasBegun: true } }, '*');
    seen.all = (await painted(ends)).painted;
    // What is done when the rows are there belongs to the page as well, but not to the times above.
    const settled = () => ({
      ...seen,
      origin: performance.timeOrigin,
      elements: elements(document),
      // Also what the browser's cache answered.
      resources: performance.getEntriesByType('resource').map(({ name }) => ({ name })),
      wasmBytes: [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    });
    window.benchSettled = settled;
    parent.postMessage({ probe: settled() }, '*');
  })();
}
