// A host that opens a page in a frame, hands it a token as soon as it is asked for one, and looks at every animation frame
// what is there. Both pages are watched in the same way, from outside.

const options = (channelId) => JSON.stringify({
  sdk: '8.0',
  entry: { oneDrive: { files: {} } },
  authentication: {},
  messaging: { origin: location.origin, channelId },
  selection: { mode: 'multiple' },
});

/** A token to have at hand, so that getting one is no part of what is measured. */
async function getToken() {
  const answer = await fetch('/control/api/token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
  return (await answer.json()).access_token;
}

function give(token, channelId) {
  addEventListener('message', (event) => {
    if (event.data?.type !== 'initialize' || event.data.channelId !== channelId) return;
    const [port] = event.ports;
    port.onmessage = ({ data: message }) => {
      if (message.type !== 'command') return;
      port.postMessage({ type: 'acknowledge', id: message.id });
      if (message.data.command === 'authenticate') port.postMessage({ type: 'result', id: message.id, data: { result: 'token', token } });
    };
    port.postMessage({ type: 'activate' });
  });
}

/** Waits until the probe gives something, then until that is painted, and tells how long it took. */
function painted(begun, probe) {
  return new Promise((settle) => {
    const look = () => {
      if (!probe()) return requestAnimationFrame(look);
      // Rendering comes after this frame's callbacks; a task comes after rendering.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => settle(performance.now() - begun);
      requestAnimationFrame(() => port2.postMessage(null));
    };
    look();
  });
}

/**
 * Opens a page and tells when its first row was painted and when its last one of `count`, both in milliseconds from the
 * moment at which the frame was told where to go.
 */
async function measure(page, graph, count) {
  const token = await getToken();
  const channelId = crypto.randomUUID();
  give(token, channelId);
  document.body.replaceChildren();
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const query = new URLSearchParams({ graph, filePicker: options(channelId) });
  const find = (selector) => frame.contentDocument?.querySelector(selector);
  const begun = performance.now();
  frame.src = `${page}?${query}`;
  const first = await painted(begun, () => find('[role=row][aria-rowindex="2"]'));
  const all = await painted(begun, () => {
    const grid = find('[role=grid]');
    if (grid?.getAttribute('aria-rowcount') !== String(count + 1)) return false;
    grid.scrollTop = grid.scrollHeight;
    const row = find(`[role=row][aria-rowindex="${count + 1}"]`);
    return row && row.getBoundingClientRect().top < grid.getBoundingClientRect().bottom;
  });
  return { first, all };
}

window.measure = measure;
