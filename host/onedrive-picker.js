// Opens the OneDrive picker in a window or a dialog and speaks the host's side of Microsoft's File Picker v8
// protocol with it. No dependencies; nothing is ever posted to "*". Guide: docs/embedding.md.

/** What went wrong with the picker, by its stable `code`. */
export class PickerError extends Error {
  constructor(code) {
    super(code.replace('_', ' '));
    this.name = code === 'aborted' ? 'AbortError' : 'PickerError';
    this.code = code;
  }
}

const FILTERS = { video: 'video', audio: 'audio', image: 'photo', document: 'document' };

// crypto.randomUUID is missing on plain http pages, getRandomValues is not.
const guid = () =>
  '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

const reference = (item) => ({ id: item.id, driveId: item.driveId ?? item.parentReference?.driveId });

const isItem = (item) => item && Object.values(reference(item)).every((id) => typeof id === 'string' && id && id.length < 2048);

const v8Options = (options, channelId) => {
  const filters = [...(options.mediaTypes ?? []).map((type) => FILTERS[type]), ...(options.filters ?? [])];
  if (filters.includes(undefined)) throw new PickerError('invalid_option');
  return {
    sdk: '8.0',
    entry: options.entry ?? { oneDrive: { files: {} } },
    authentication: options.authenticate && {},
    typesAndSources: { mode: options.select ?? 'all', filters, pivots: options.pivots },
    selection: { mode: options.mode ?? 'multiple', maximumCount: options.maxItems },
    commands: { pick: { label: options.pickLabel, select: { urls: { download: true } } } },
    title: options.title,
    theme: options.accent ? { palette: { themePrimary: options.accent }, isInverted: options.theme === 'dark' } : options.theme,
    localization: options.locale && { language: options.locale },
    ...options.v8,
    messaging: { channelId, origin: location.origin },
  };
};

// A view is the window of the picker, whether it is gone, and how it is closed.
const openPopup = (url) => {
  const popup = open(url, '', `popup,width=1080,height=680,left=${screenX + (outerWidth - 1080) / 2},top=${screenY + (outerHeight - 680) / 2}`);
  return popup && !popup.closed && { source: () => popup, gone: () => popup.closed, close: () => popup.close() };
};

const openDialog = (url, title, closeLabel, onClose) => {
  const before = document.activeElement;
  // Styles by the CSSOM, which a strict Content-Security-Policy lets pass.
  const make = (tag, properties, style) => {
    const element = Object.assign(document.createElement(tag), properties);
    Object.assign(element.style, style);
    return element;
  };
  const frame = make('iframe', { src: url, title, allow: 'clipboard-write' }, { width: '100%', height: '100%', border: 0 });
  // For a picker that never comes; a picker that has come has buttons of its own.
  const button = make('button', { type: 'button', textContent: closeLabel }, { position: 'absolute', insetInlineEnd: 0, height: '44px' });
  // Full height on a phone: below 640 px the second term is huge, and maxHeight cuts it.
  const dialog = make('dialog', { ariaLabel: title, onclose: onClose }, {
    width: '1080px', maxWidth: '100vw', height: 'max(680px,(640px - 100vw)*999)', maxHeight: '100%', padding: 0, border: 0, overflow: 'hidden',
  });
  button.onclick = onClose;
  dialog.append(button, frame);
  document.body.append(dialog);
  dialog.showModal();
  return {
    source: () => frame.contentWindow,
    gone: () => !dialog.isConnected,
    connected: () => { button.hidden = true; },
    close: () => {
      dialog.remove();
      before?.focus?.();
    },
  };
};

/** Opens the picker. Call it directly in a click handler, or the browser blocks the window. */
export const openOneDrivePicker = (options = {}) => new Promise((resolve, reject) => {
  const { signal, authenticate, display, maxItems = 100, title = 'OneDrive' } = options;
  const channelId = guid();
  const waiting = new Map();
  const listening = new AbortController();
  let port, view, poll, late, closed, picking, picked, settleClosed, misses = 0;

  const progress = (phase) => options.onProgress?.({ phase });
  const send = (message) => !closed && port?.postMessage(message);
  const answer = (id, data) => send({ type: 'result', id, data });
  const refuse = (id, code, message) => answer(id, { result: 'error', error: { code, message } });

  const finish = (reason, code) => {
    if (closed) return;
    closed = reason;
    listening.abort();
    clearInterval(poll);
    clearTimeout(late);
    view?.close();
    port?.close();
    waiting.forEach(({ end }) => end());
    settleClosed(reason);
    if (code) reject(new PickerError(code));
    // A choice that the page is still looking at decides by itself what comes of it.
    else if (!picking) resolve({ cancelled: true, reason });
    progress('closed');
  };

  const picker = {
    closed: new Promise((settle) => { settleClosed = settle; }),
    close: () => finish('host'),
    progress: (items) => send({ type: 'notification', data: { notification: 'import-progress', items } }),
    refreshLinks: (items) => new Promise((settle, fail) => {
      const id = guid();
      const end = (data) => {
        clearTimeout(timer);
        waiting.delete(id);
        if (Array.isArray(data?.items)) settle(data.items);
        else fail(new PickerError(closed ? 'picker_closed' : data ? 'links_unavailable' : 'no_answer'));
      };
      const timer = setTimeout(end, 3e4);
      if (closed) return end();
      const command = { type: 'command', id, data: { command: 'refresh-links', items: items.map(reference) } };
      waiting.set(id, { command, end });
      send(command);
    }),
  };

  const commands = {
    async pick(id, { items }) {
      let verdict = picking || picked ? 'The page has its files already.'
        : !(items?.length <= maxItems && items[0] && items.every?.(isItem)) && `The page takes 1 to ${maxItems} files.`;
      if (!verdict) {
        picking = true;
        try {
          verdict = await (options.onPick?.(items) ?? true);
        } catch (error) {
          verdict = String(error?.message);
        }
        picking = false;
        if (verdict !== false && typeof verdict !== 'string') {
          picked = true;
          answer(id, { result: 'success' });
          resolve({ cancelled: false, items, picker });
          return progress('picked');
        }
        if (closed) resolve({ cancelled: true, reason: closed });
      }
      refuse(id, 'unusableItem', verdict || 'The page cannot use these files.');
      progress('refused');
    },
    async authenticate(id, request) {
      // The picker then signs in by itself.
      if (!authenticate) return refuse(id, 'unsupportedCommand', 'This page has no tokens.');
      try {
        answer(id, { result: 'token', token: String(await authenticate(request)) });
      } catch (error) {
        refuse(id, 'unableToObtainToken', String(error?.message));
      }
    },
    close(id) {
      answer(id, { result: 'success' });
      finish('user');
    },
  };

  const onPortMessage = ({ data: message }) => {
    const { type, id, data } = message ?? {};
    if (!data || closed) return;
    if (type === 'notification' && data.notification === 'page-loaded') progress('loaded');
    if (type === 'result') waiting.get(id)?.end(data);
    if (type === 'command') {
      send({ type: 'acknowledge', id });
      if (Object.keys(commands).includes(data.command)) commands[data.command](id, data);
      else refuse(id, 'unsupportedCommand', 'This page does not know that command.');
    }
  };

  if (signal?.aborted) return finish('aborted', 'aborted');
  const url = new URL(options.pickerUrl ?? '/onedrive/index/blank-page', location.href);
  url.searchParams.set('filePicker', JSON.stringify(v8Options(options, channelId)));
  if (options.locale) url.searchParams.set('locale', options.locale);
  view = (display !== 'dialog' && openPopup(url)) || (display && display !== 'popup' && openDialog(url, title, options.closeLabel ?? 'Close', () => finish('user')));
  if (!view) return finish('blocked', 'popup_blocked');

  const on = (target, type, listener) => target?.addEventListener(type, listener, { signal: listening.signal });
  on(self, 'message', ({ source, origin, data, ports }) => {
    if (source !== view.source() || origin !== url.origin || data?.type !== 'initialize' || data.channelId !== channelId || !ports[0]) return;
    // A reloaded picker introduces itself again, with a new port.
    clearTimeout(late);
    port?.close();
    port = ports[0];
    port.onmessage = onPortMessage;
    send({ type: 'activate' });
    waiting.forEach(({ command }) => send(command));
    view.connected?.();
    progress('connected');
  });
  on(self, 'pagehide', () => finish('page'));
  on(signal, 'abort', () => finish('aborted', 'aborted'));
  late = setTimeout(() => finish('unreachable', 'picker_unreachable'), options.timeout ?? 6e4);
  // Seen closed twice: the last message of a closing window may still be on its way.
  poll = setInterval(() => view.gone() && misses++ && finish('window'), 300);
  progress('opened');
});
