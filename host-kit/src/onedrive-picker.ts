// Opens the OneDrive picker in a window or a dialog and speaks the host's side of Microsoft's File Picker v8
// protocol with it. No dependencies; nothing is ever posted to "*". Guide: docs/embedding.md.
import type { PickerView } from './picker-dialog.js';
import type { ImportProgress, ItemReference, MediaType, PickedItem, RefreshedLink } from './types.js';

export type {
  ImportProgress, ImportState, ItemReference, KalturaHints, MediaType, PickedItem, RefreshedLink,
} from './types.js';

/** Why the picker closed: the user, the page (`host`), the window's own button, a page being left, or the page's `signal`. */
export type CloseReason = 'user' | 'host' | 'window' | 'page' | 'aborted';

/** Nothing and `true` accept a choice. */
export type Verdict = void | boolean | string;

/** The picker that stays open after a choice, to show how the import goes. Every method may be called after it closed. */
export interface OpenPicker {
  /** Resolves when the picker has closed. It never rejects. */
  readonly closed: Promise<CloseReason>;
  /**
   * What is picked after the first choice while the picker stays open ("Choose more", "Try again"). As `onPick` of the
   * options: `true` or nothing accepts. Without it later picks are refused.
   */
  onPick?: PickerOptions['onPick'];
  close(): void;
  /** Shows the state of each file. Does nothing once the picker has closed. */
  progress(items: readonly ImportProgress[]): void;
  /** Fetches fresh links. Rejects with `picker_closed`, `links_unavailable` or `no_answer` (after 30 s). */
  refreshLinks(items: readonly ItemReference[]): Promise<RefreshedLink[]>;
}

export interface Choice {
  cancelled: false;
  items: PickedItem[];
  picker: OpenPicker;
}

export interface Cancelled {
  cancelled: true;
  reason: CloseReason;
}

/** What the picker asks when it wants a token from the page. */
export interface TokenRequest {
  command: 'authenticate';
  /** Whom the token is for, for example `https://graph.microsoft.com`. */
  resource: string;
  type: string;
  claimsChallenge?: { claims: string; [member: string]: unknown };
  [member: string]: unknown;
}

export interface Progress {
  /** `page-loaded` and `picker-error` are the picker's own notifications. */
  phase: 'opened' | 'connected' | 'page-loaded' | 'picker-error' | 'picked' | 'refused' | 'closed';
  /** Why the picker cannot work, with `picker-error`: the module is off, the role too low, a setting wrong. */
  code?: string;
}

export interface PickerOptions {
  /** The page of the picker. Default: `/onedrive/index/blank-page` of this origin. */
  pickerUrl?: string | URL;
  /** A window (default), a dialog in the page, or a dialog where the browser blocks the window. */
  display?: 'popup' | 'dialog' | 'auto';
  mode?: 'single' | 'multiple';
  /** At most so many files are accepted. Default: as many as the picker's settings allow, 10,000 at the most. */
  maxItems?: number;
  /** What may be chosen. Default: what the picker's settings allow. */
  mediaTypes?: readonly MediaType[];
  /** Further v8 filters, for example `.mp4`. */
  filters?: readonly string[];
  /** Files, folders (which arrive as their files) or both. Default: `all`. */
  select?: 'files' | 'folders' | 'all';
  /** The v8 `entry`: where the picker begins. Default: where the person was last, or My files. */
  entry?: object;
  /** BCP 47. Default: the picker's settings, then the browser. */
  locale?: string;
  theme?: 'auto' | 'light' | 'dark' | 'contrast' | object;
  /** The colour of the primary button, `#rrggbb` or `#rgb`. */
  accent?: string;
  /** The title of the picker and the name of its dialog. Default: `OneDrive`. */
  title?: string;
  /** The name of the dialog's own button, which is there until the picker has come. Default: `Close`. */
  closeLabel?: string;
  /** Raw v8 options, for what has no name here; they replace whole members of the same name, except `messaging`. */
  v8?: object;
  /** Closes the picker and rejects with `aborted`. */
  signal?: AbortSignal;
  /** How long to wait for the picker, in milliseconds. Default: 60,000. */
  timeout?: number;
  /** A Graph token for the picker. Without it the picker signs in by itself. */
  authenticate?(request: TokenRequest): string | PromiseLike<string>;
  /**
   * Judges a choice, within two minutes: `false`, a sentence for the person or an exception refuses it, and the picker
   * stays with the choice kept.
   */
  onPick?(items: PickedItem[]): Verdict | PromiseLike<Verdict>;
  /** What happens meanwhile, for logs and indicators. */
  onProgress?(progress: Progress): void;
}

export type PickerErrorCode =
  | 'invalid_option'
  | 'popup_blocked'
  | 'picker_unreachable'
  | 'aborted'
  | 'picker_closed'
  | 'links_unavailable'
  | 'no_answer';

/** `code` is stable, and the message is the same. Its `name` is `AbortError` if the code is `aborted`. */
export class PickerError extends Error {
  readonly code: PickerErrorCode;

  constructor(code: PickerErrorCode) {
    super(code);
    this.name = code === 'aborted' ? 'AbortError' : 'PickerError';
    this.code = code;
  }
}

const DEFAULT_PICKER_URL = '/onedrive/index/blank-page';
const DEFAULT_MAX_ITEMS = 10_000;
const CONNECT_TIMEOUT_MS = 60_000;
const REFRESH_TIMEOUT_MS = 30_000;
const CLOSED_POLL_MS = 300;
const MAX_ID_LENGTH = 2048;
const POPUP_WIDTH = 1080;
const POPUP_HEIGHT = 680;

/** A message of the File Picker v8 protocol, as it may arrive. */
interface PortMessage {
  type?: string;
  id?: unknown;
  data?: { command?: string; notification?: string; code?: string; items?: unknown; [member: string]: unknown };
}

/** A message that the picker has not answered yet; it is sent again to a picker that was loaded anew. */
interface PendingMessage {
  message: object;
  /** Called with the picker's answer; without one when it is too late or the picker has closed. */
  end(data?: PortMessage['data']): void;
}

const referenceOf = ({ id, driveId, parentReference }: ItemReference) => ({ id, driveId: driveId ?? parentReference?.driveId });

const isId = (id: unknown) => typeof id === 'string' && id !== '' && id.length < MAX_ID_LENGTH;

const isItem = (item: ItemReference | undefined) => item && Object.values(referenceOf(item)).every(isId);

const v8Theme = ({ accent, theme }: PickerOptions) => {
  if (!accent) return theme;
  const inverted = theme === 'dark' ? true : theme === 'light' ? false : undefined;
  return { palette: { themePrimary: accent }, isInverted: inverted };
};

/** The options that Microsoft's File Picker v8 takes. */
const v8Options = (options: PickerOptions) => {
  const { mediaTypes = [], filters = [], entry, authenticate, select = 'all', mode = 'multiple', maxItems, title, locale } = options;
  const mediaFilters = mediaTypes.map((type) => (type === 'image' ? 'photo' : type));
  return {
    sdk: '8.0',
    entry,
    authentication: authenticate && {},
    typesAndSources: { mode: select, filters: [...mediaFilters, ...filters] },
    selection: { mode, maximumCount: maxItems },
    title,
    theme: v8Theme(options),
    localization: { language: locale },
    ...options.v8,
  };
};

const openPopup = (url: URL): PickerView | null => {
  const left = screenX + (outerWidth - POPUP_WIDTH) / 2;
  const top = screenY + (outerHeight - POPUP_HEIGHT) / 2;
  const popup = open(url, '', `width=${POPUP_WIDTH},height=${POPUP_HEIGHT},left=${left},top=${top}`);
  return popup && { source: () => popup, gone: () => popup.closed, close: () => popup.close() };
};

/**
 * Opens the picker; call it directly in a click handler, or the browser blocks the window. Resolves with the choice or
 * with a cancel. Rejects with a `PickerError`: `invalid_option`, `popup_blocked`, `picker_unreachable`, `aborted`.
 */
export const openOneDrivePicker = (options: PickerOptions = {}): Promise<Choice | Cancelled> => new Promise((resolve, reject) => {
  const { signal, authenticate, display = 'popup', maxItems = DEFAULT_MAX_ITEMS } = options;
  const pending = new Map<unknown, PendingMessage>();
  const listening = new AbortController();
  let port: MessagePort | undefined;
  let view: PickerView | null = null;
  let chosen: PickedItem[] | undefined;
  let closedBy: CloseReason | PickerErrorCode | undefined;
  let settleClosed: (reason: CloseReason) => void;
  let timesSeenClosed = 0;

  const notify = (phase: Progress['phase'], code?: string) => options.onProgress?.({ phase, code });

  const send = (message: object) => {
    if (!closedBy) port?.postMessage(message);
  };
  const sendAndKeep = (id: unknown, message: object, end: PendingMessage['end']) => {
    send(message);
    pending.set(id, { message, end });
  };
  const answer = (id: unknown, data: object) => send({ type: 'result', id, data });
  const refuse = (id: unknown, code: string, message?: string) => answer(id, { result: 'error', error: { code, message } });

  const finish = (reason: CloseReason | PickerErrorCode, failed = false) => {
    if (closedBy) return;
    closedBy = reason;
    listening.abort();
    clearInterval(closedPoll);
    clearTimeout(connectTimer);
    view?.close();
    port?.close();
    pending.forEach(({ end }) => end());
    settleClosed(reason as CloseReason);
    if (failed) reject(new PickerError(reason as PickerErrorCode));
    // A choice that the page is still looking at decides by itself what comes of it.
    else if (!chosen) resolve({ cancelled: true, reason: reason as CloseReason });
    notify('closed');
  };

  const picker: OpenPicker = {
    closed: new Promise((settle) => { settleClosed = settle; }),
    close: () => finish('host'),
    progress(items) {
      const message = { type: 'notification', data: { notification: 'import-progress', items } };
      sendAndKeep(0, message, () => {});
    },
    refreshLinks: (items) => new Promise((settle, fail) => {
      const id = crypto.randomUUID();
      const end: PendingMessage['end'] = (data) => {
        clearTimeout(timer);
        pending.delete(id);
        if (Array.isArray(data?.items)) settle(data.items as RefreshedLink[]);
        else fail(new PickerError(closedBy ? 'picker_closed' : data ? 'links_unavailable' : 'no_answer'));
      };
      const timer = setTimeout(end, REFRESH_TIMEOUT_MS);
      sendAndKeep(id, { type: 'command', id, data: { command: 'refresh-links', items: items.map(referenceOf) } }, end);
      if (closedBy) end();
    }),
  };

  // Whether the page takes a choice: true, or a sentence that says why not.
  const judge = async (items: PickedItem[], judgement: Pick<PickerOptions, 'onPick'>): Promise<Verdict> => {
    try {
      return (await judgement.onPick?.(items)) ?? true;
    } catch (error) {
      return (error as Error | undefined)?.message;
    }
  };

  const pick = async (id: unknown, items: unknown) => {
    const isUsable = Array.isArray(items) && items[0] && items.length <= maxItems && items.every(isItem);
    const chosenBefore = chosen;
    let verdict: Verdict = `This page takes 1 to ${maxItems} files.`;
    // What is picked after the first choice goes to the handle's own `onPick`, if the page set one.
    if (isUsable && (!chosenBefore || picker.onPick)) {
      chosen = items;
      verdict = await judge(items, chosenBefore ? picker : options);
      if (verdict === true) {
        answer(id, { result: 'success' });
        resolve({ cancelled: false, items, picker });
        return notify('picked');
      }
      chosen = chosenBefore;
      if (closedBy) resolve({ cancelled: true, reason: closedBy as CloseReason });
    }
    refuse(id, 'unusableItem', (verdict as string) || 'Not usable here.');
    notify('refused');
  };

  const giveToken = async (id: unknown, request: TokenRequest) => {
    // Without a token the picker signs in by itself.
    if (!authenticate) return refuse(id, 'unsupportedCommand');
    try {
      answer(id, { result: 'token', token: await authenticate(request) });
    } catch (error) {
      refuse(id, 'unableToObtainToken', (error as Error | undefined)?.message);
    }
  };

  const obey = (id: unknown, data: NonNullable<PortMessage['data']>) => {
    switch (data.command) {
      case 'pick': return pick(id, data.items);
      case 'authenticate': return giveToken(id, data as TokenRequest);
      case 'close':
        answer(id, { result: 'success' });
        return finish('user');
      default: return refuse(id, 'unsupportedCommand');
    }
  };

  const onPortMessage = ({ data: message }: MessageEvent<PortMessage | null>) => {
    const { type, id, data } = message ?? {};
    if (!data) return;
    if (type === 'notification') notify(data.notification as Progress['phase'], data.code);
    if (type === 'result') pending.get(id)?.end(data);
    if (type === 'command') {
      send({ type: 'acknowledge', id });
      obey(id, data);
    }
  };

  const connectTimer = setTimeout(() => finish('picker_unreachable', true), options.timeout ?? CONNECT_TIMEOUT_MS);
  // Seen closed twice: the last message of a closing window may still be on its way.
  const closedPoll = setInterval(() => {
    if (view?.gone() && ++timesSeenClosed > 1) finish('window');
  }, CLOSED_POLL_MS);
  const abort = () => finish('aborted', true);
  self.addEventListener('pagehide', () => finish('page'), { signal: listening.signal });
  signal?.addEventListener('abort', abort, { signal: listening.signal });
  try {
    if (signal?.aborted) return abort();
    const channelId = crypto.randomUUID();
    const url = new URL(options.pickerUrl ?? DEFAULT_PICKER_URL, location.href);
    url.searchParams.set('filePicker', JSON.stringify({ ...v8Options(options), messaging: { channelId, origin: location.origin } }));
    if (options.locale) url.searchParams.set('locale', options.locale);

    self.addEventListener('message', ({ source, origin, data, ports }) => {
      const isFromPicker = source === view?.source() && origin === url.origin;
      if (!isFromPicker || data?.type !== 'initialize' || data.channelId !== channelId || !ports[0]) return;
      // A reloaded picker introduces itself again, with a new port.
      clearTimeout(connectTimer);
      port?.close();
      port = ports[0];
      port.onmessage = onPortMessage;
      send({ type: 'activate' });
      pending.forEach(({ message }) => send(message));
      view?.connected?.();
      notify('connected');
    }, { signal: listening.signal });

    if (display !== 'dialog') view = openPopup(url);
    if (view) notify('opened');
    else if (display === 'popup') finish('popup_blocked', true);
    else {
      import('./picker-dialog.js').then(({ openDialog }) => {
        if (closedBy) return;
        view = openDialog(url, options, () => finish('user'));
        notify('opened');
      }).catch(() => finish('picker_unreachable', true));
    }
  } catch {
    finish('invalid_option', true);
  }
});
