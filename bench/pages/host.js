// A host that opens a page in a frame and gives it a token as soon as it is asked for one, by the protocol of File Picker v8:
// https://learn.microsoft.com/onedrive/developer/controls/file-pickers/v8-schema

const clock = () => performance.timeOrigin + performance.now();

/** The options of the picker; without `authentication` the picker signs in by itself. */
const options = (channelId, suppliesToken) => JSON.stringify({
  sdk: '8.0',
  entry: { oneDrive: { files: {} } },
  ...(suppliesToken ? { authentication: {} } : {}),
  messaging: { origin: location.origin, channelId },
  typesAndSources: { mode: 'all' },
  selection: { mode: 'multiple' },
});

/** Answers the picker, and tells when it was given the token. */
function answer(channelId, token, onToken) {
  addEventListener('message', (event) => {
    if (event.data?.type !== 'initialize' || event.data.channelId !== channelId) return;
    const [port] = event.ports;
    port.onmessage = ({ data: message }) => {
      if (message.type !== 'command') return;
      port.postMessage({ type: 'acknowledge', id: message.id });
      const isToken = message.data.command === 'authenticate';
      const data = isToken ? { result: 'token', token } : { result: 'success' };
      if (isToken) onToken(clock());
      port.postMessage({ type: 'result', id: message.id, data });
    };
    port.postMessage({ type: 'activate' });
  });
}

/**
 * Opens a page and resolves with what the probe in it has seen (`bench/src/probe.mjs`).
 *
 * @param {{url: string, isPicker: boolean, suppliesToken: boolean, token: string}} visit
 */
window.visit = ({ url, isPicker, suppliesToken, token }) => new Promise((settle) => {
  let tokenAt;
  addEventListener('message', ({ data }) => {
    if (data?.probe?.hasBegun) window.hasBegun = true;
    else if (data?.probe) settle({ ...data.probe, tokenAt });
  });
  const address = new URL(url);
  if (isPicker) {
    const channelId = crypto.randomUUID();
    answer(channelId, token, (at) => { tokenAt ??= at; });
    address.searchParams.set('filePicker', options(channelId, suppliesToken));
    address.searchParams.set('locale', 'en');
  }
  const frame = document.createElement('iframe');
  frame.allow = 'clipboard-write';
  document.body.append(frame);
  frame.src = address.href;
});
