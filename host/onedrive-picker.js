// Opens the OneDrive picker in a window or a dialog and speaks the host's side of Microsoft's File Picker v8
// protocol with it. No dependencies; nothing is ever posted to "*". Guide: docs/embedding.md.

/** What went wrong with the picker, by its stable `code`. */
export class PickerError extends Error {
  constructor(code) {
    super(code);
    this.name = code === 'aborted' ? 'AbortError' : 'PickerError';
    this.code = code;
  }
}

const reference = ({ id, driveId, parentReference }) => ({ id, driveId: driveId ?? parentReference?.driveId });

const isItem = (item) => item && Object.values(reference(item)).every((id) => typeof id === 'string' && id && id.length < 2048);

const v8Options = ({ mediaTypes = [], filters = [], entry, authenticate, select = 'all', mode = 'multiple', maxItems, title, theme, accent, locale, v8 }) => ({
  sdk: '8.0',
  entry,
  authentication: authenticate && {},
  typesAndSources: { mode: select, filters: [...mediaTypes.map((type) => (type === 'image' ? 'photo' : type)), ...filters] },
  selection: { mode, maximumCount: maxItems },
  title,
  theme: accent ? { palette: { themePrimary: accent }, isInverted: { dark: true, light: false }[theme] } : theme,
  localization: { language: locale },
  ...v8,
});

// A view is the window of the picker, whether it is gone, and how it is closed.
const openPopup = (url) => {
  const popup = open(url, '', `width=1080,height=680,left=${screenX + (outerWidth - 1080) / 2},top=${screenY + (outerHeight - 680) / 2}`);
  return popup && { source: () => popup, gone: () => popup.closed, close: () => popup.close() };
};

/** Opens the picker. Call it directly in a click handler, or the browser blocks the window. */
export const openOneDrivePicker = (options = {}) => new Promise((resolve, reject) => {
  const { signal, authenticate, display, maxItems = 1e4 } = options;
  const waiting = new Map();
  const listening = new AbortController();
  let port, view, choice, closed, channelId, settleClosed, misses = 0;

  const progress = (phase, code) => options.onProgress?.({ phase, code });
  const send = (message) => !closed && port?.postMessage(message);
  // Said once more to a picker that was loaded anew.
  const keep = (id, message, end) => send(message, waiting.set(id, { message, end }));
  const answer = (id, data) => send({ type: 'result', id, data });
  const refuse = (id, code, message) => answer(id, { result: 'error', error: { code, message } });

  const finish = (reason, failed) => {
    if (closed) return;
    closed = reason;
    listening.abort();
    clearInterval(poll);
    clearTimeout(late);
    view?.close();
    port?.close();
    waiting.forEach(({ end }) => end());
    settleClosed(reason);
    if (failed) reject(new PickerError(reason));
    // A choice that the page is still looking at decides by itself what comes of it.
    else if (!choice) resolve({ cancelled: true, reason });
    progress('closed');
  };

  const picker = {
    closed: new Promise((settle) => { settleClosed = settle; }),
    close: () => finish('host'),
    progress: (items) => keep(0, { type: 'notification', data: { notification: 'import-progress', items } }, () => {}),
    refreshLinks: (items) => new Promise((settle, fail) => {
      const id = crypto.randomUUID();
      const end = (data) => {
        clearTimeout(timer);
        waiting.delete(id);
        if (Array.isArray(data?.items)) settle(data.items);
        else fail(new PickerError(closed ? 'picker_closed' : data ? 'links_unavailable' : 'no_answer'));
      };
      const timer = setTimeout(end, 3e4);
      keep(id, { type: 'command', id, data: { command: 'refresh-links', items: items.map(reference) } }, end);
      if (closed) end();
    }),
  };

  const commands = {
    __proto__: null,
    async pick(id, { items }) {
      let verdict = `This page takes 1 to ${maxItems} files.`;
      // What is picked after the first choice goes to the handle's own `onPick`, if the page set one.
      const before = choice;
      if ((!before || picker.onPick) && Array.isArray(items) && items[0] && items.length <= maxItems && items.every(isItem)) {
        choice = items;
        try {
          verdict = (await (before ? picker : options).onPick?.(items)) ?? true;
        } catch (error) {
          verdict = error?.message;
        }
        if (verdict === true) {
          answer(id, { result: 'success' });
          resolve({ cancelled: false, items, picker });
          return progress('picked');
        }
        choice = before;
        if (closed) resolve({ cancelled: true, reason: closed });
      }
      refuse(id, 'unusableItem', verdict || 'Not usable here.');
      progress('refused');
    },
    async authenticate(id, request) {
      // Without a token the picker signs in by itself.
      if (!authenticate) return refuse(id, 'unsupportedCommand');
      try {
        answer(id, { result: 'token', token: await authenticate(request) });
      } catch (error) {
        refuse(id, 'unableToObtainToken', error?.message);
      }
    },
    close(id) {
      answer(id, { result: 'success' });
      finish('user');
    },
  };

  const onPortMessage = ({ data: message }) => {
    const { type, id, data } = message ?? {};
    if (!data) return;
    if (type === 'notification') progress(data.notification, data.code);
    if (type === 'result') waiting.get(id)?.end(data);
    if (type === 'command') {
      send({ type: 'acknowledge', id });
      const command = commands[data.command];
      if (command) command(id, data);
      else refuse(id, 'unsupportedCommand');
    }
  };

  const late = setTimeout(() => finish('picker_unreachable', true), options.timeout ?? 6e4);
  // Seen closed twice: the last message of a closing window may still be on its way.
  const poll = setInterval(() => view?.gone() && misses++ && finish('window'), 300);
  const on = (target, type, listener) => target?.addEventListener(type, listener, { signal: listening.signal });
  on(self, 'pagehide', () => finish('page'));
  const abort = () => finish('aborted', true);
  on(signal, 'abort', abort);
  try {
    if (signal?.aborted) return abort();
    channelId = crypto.randomUUID();
    const url = new URL(options.pickerUrl ?? '/onedrive/index/blank-page', location.href);
    url.searchParams.set('filePicker', JSON.stringify({ ...v8Options(options), messaging: { channelId, origin: location.origin } }));
    if (options.locale) url.searchParams.set('locale', options.locale);
    on(self, 'message', ({ source, origin, data, ports }) => {
      if (source !== view?.source() || origin !== url.origin || data?.type !== 'initialize' || data.channelId !== channelId || !ports[0]) return;
      // A reloaded picker introduces itself again, with a new port.
      clearTimeout(late);
      port?.close();
      port = ports[0];
      port.onmessage = onPortMessage;
      send({ type: 'activate' });
      waiting.forEach(({ message }) => send(message));
      view.connected?.();
      progress('connected');
    });
    if (display !== 'dialog') view = openPopup(url);
    if (view) progress('opened');
    else if (/dialog|auto/.test(display)) {
      import('./picker-dialog.js').then(({ openDialog }) => {
        if (closed) return;
        view = openDialog(url, options, () => finish('user'));
        progress('opened');
      }).catch(() => finish('picker_unreachable', true));
    }
    else finish('popup_blocked', true);
  } catch {
    finish('invalid_option', true);
  }
});
