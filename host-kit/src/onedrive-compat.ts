// window.OneDrive for pages written for Microsoft's OneDrive.js 7.2: they change one script tag and nothing else.
// A classic script. What it keeps and what it does differently: docs/embedding.md, "Pages written for OneDrive.js 7.2".
import type { Cancelled, Choice, PickedItem, PickerError, PickerOptions } from './onedrive-picker.js';

/** The error that `error` gets, as Microsoft's script gives it. */
export interface OneDriveError extends Error {
  errorCode:
    | 'popupOpen'
    | 'popupClosed'
    | 'optionsError'
    | 'typeError'
    | 'webRequestFailure'
    | 'unsupportedFeature'
    | 'badResponse'
    | 'fileReaderFailure'
    | 'internalError'
    | 'unknown';
}

/** What `success` gets. */
export interface OneDriveFiles {
  webUrl: null;
  /** Whole items; for `download` `id`, `name`, `size`, `webUrl` and the link under both names; else what was selected. */
  value: Array<Partial<PickedItem> & { id: string }>;
  /** The token of `advanced.accessToken`, if it is for Graph; otherwise null: the picker keeps its own to itself. */
  accessToken: string | null;
  /** Graph's base with a slash at its end. */
  apiEndpoint: string;
}

export interface OneDriveOpenOptions {
  /** A GUID. It is checked; the picker uses the application of its own settings. */
  clientId: string;
  /** `share` is refused with `unsupportedFeature`. */
  action?: 'query' | 'download' | 'share';
  multiSelect?: boolean;
  viewType?: 'files' | 'folders' | 'all';
  /** False opens a dialog in the page. */
  openInNewWindow?: boolean;
  accountSwitchEnabled?: boolean;
  success(files: OneDriveFiles): void;
  cancel?(): void;
  /** Without it an error of the options is thrown and a later one is an unhandled rejection. */
  error?(error: OneDriveError): void;
  advanced?: {
    redirectUri?: string;
    /** `select=…&expand=…` */
    queryParameters?: string;
    /** `folder,.png` */
    filter?: string;
    endpointHint?: string;
    accessToken?: string;
    loginHint?: string;
    isConsumerAccount?: boolean;
    navigation?: {
      disable?: boolean;
      entryLocation?: { sharePoint?: { sitePath?: string; listPath?: string; itemPath?: string } };
      sourceTypes?: 'OneDrive' | 'Recent' | 'Sites' | Array<'OneDrive' | 'Recent' | 'Sites'>;
    };
    trapFocus?: boolean;
    [ignored: string]: unknown;
  };
  [ignored: string]: unknown;
}

export interface OneDriveSdk {
  /** Opens the picker. Exactly one callback is called. A second call while one runs is ignored. */
  open(options: OneDriveOpenOptions): void;
  /** Refuses with `unsupportedFeature`. */
  save(options: { error?(error: OneDriveError): void; [ignored: string]: unknown }): void;
}

declare global {
  interface Window {
    readonly OneDrive: OneDriveSdk;
  }
}

// A module has no currentScript.
const script = (document.currentScript ?? document.querySelector('script[src*="onedrive-compat"]')) as HTMLScriptElement | null;
const base = script?.src || location.href;
const DEFAULT_PICKER = '/onedrive/index/blank-page';
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const PIVOTS: { [sourceType: string]: string } = { OneDrive: 'oneDrive', Recent: 'recent', Sites: 'sharedLibraries' };

// Loaded ahead of the click: a window may only be opened within it.
let kit: typeof import('./onedrive-picker.js') | undefined;
const kitComes: Promise<unknown> = import(new URL('onedrive-picker.js', base).href).then((module) => { kit = module; });
kitComes.catch(() => {});
let running = false;

type ErrorCode = OneDriveError['errorCode'];
type Advanced = NonNullable<OneDriveOpenOptions['advanced']>;
type Navigation = NonNullable<Advanced['navigation']>;

const failure = (errorCode: ErrorCode, message: string): OneDriveError => Object.assign(new Error(message), { errorCode });
const check = (isRight: unknown, errorCode: ErrorCode, message: string) => {
  if (!isRight) throw failure(errorCode, message);
};
const isOptional = (value: unknown, type: string) => value === undefined || value === null || typeof value === type;

const parseQuery = (text: string | undefined) => {
  if (text === undefined || text === null) return undefined;
  check(typeof text === 'string', 'typeError', 'queryParameters is not a string');
  const query: { [key: string]: string[] | undefined } = {};
  for (const [key, value] of new URLSearchParams(text)) {
    check(key === 'select' || key === 'expand' || key === '$select' || key === '$expand', 'optionsError', `unknown query parameter ${key}`);
    query[key.replace('$', '')] = value.split(',').map((name) => name.trim()).filter(Boolean);
  }
  return query;
};

const checkAddresses = ({ redirectUri, navigation }: Advanced) => {
  if (redirectUri) {
    let host: string;
    try {
      ({ host } = new URL(redirectUri));
    } catch {
      throw failure('optionsError', 'redirectUri is not an absolute url');
    }
    check(host === location.host, 'optionsError', 'redirect uri is not in the same domain as picker sdk');
  }
  const { sitePath, listPath } = navigation?.entryLocation?.sharePoint ?? {};
  for (const path of [sitePath, listPath]) {
    check(!path || /^https:\/\//i.test(path), 'optionsError', 'sitePath and listPath have to be https addresses');
  }
};

const checkOptions = (options: OneDriveOpenOptions) => {
  check(typeof options.success === 'function', 'typeError', 'success is not a function');
  check(isOptional(options.cancel, 'function'), 'typeError', 'cancel is not a function');
  check(isOptional(options.error, 'function'), 'typeError', 'error is not a function');
  check(GUID.test(options.clientId), 'unknown', 'clientId is not a GUID');
  check(isOptional(options.advanced, 'object'), 'typeError', 'advanced is not an object');
  const { action = 'query', viewType = 'files', advanced } = options;
  check(action !== 'share', 'unsupportedFeature', 'action "share" needs a permission to write, which this picker does not ask for');
  check(action === 'query' || action === 'download', 'optionsError', 'action has to be query or download');
  check(['files', 'folders', 'all'].includes(viewType), 'optionsError', 'viewType has to be files, folders or all');
  checkAddresses(advanced ?? {});
  check(isOptional(advanced?.filter, 'string'), 'typeError', 'filter is not a string');
};

// The redirect URI of a MediaSpace registration is the picker's own page.
const pickerUrl = ({ redirectUri }: Advanced) => {
  const named = script?.getAttribute('data-picker-url');
  if (named) return new URL(named, location.href).href;
  if (redirectUri && new URL(redirectUri).pathname === DEFAULT_PICKER) return redirectUri;
  return new URL(DEFAULT_PICKER, base).href;
};

const entryFor = ({ entryLocation }: Navigation) => {
  const { sitePath, listPath, itemPath } = entryLocation?.sharePoint ?? {};
  return sitePath || listPath ? { sharePoint: { byPath: { web: sitePath, list: listPath, folder: itemPath } } } : undefined;
};

const pivotsFor = ({ sourceTypes }: Navigation) => {
  if (!sourceTypes) return undefined;
  const wanted: string[] = Array.isArray(sourceTypes) ? sourceTypes : [sourceTypes];
  const pivots: { [pivot: string]: boolean } = { shared: false };
  for (const [source, pivot] of Object.entries(PIVOTS)) pivots[pivot] = wanted.includes(source);
  return pivots;
};

// A token for another service than Graph is not for this picker.
const tokenOf = ({ accessToken, endpointHint }: Advanced) =>
  (accessToken && (!endpointHint || /^https:\/\/graph\./i.test(endpointHint)) ? accessToken : undefined);

const kitOptions = (options: OneDriveOpenOptions, onPick: PickerOptions['onPick']): PickerOptions => {
  const advanced = options.advanced ?? {};
  const navigation = advanced.navigation ?? {};
  const { isConsumerAccount, loginHint } = advanced;
  const token = tokenOf(advanced);
  const filters = (advanced.filter ?? '').split(',').map((filter) => filter.trim()).filter(Boolean);
  return {
    pickerUrl: pickerUrl(advanced),
    display: options.openInNewWindow === false ? 'dialog' : 'popup',
    mode: options.multiSelect ? 'multiple' : 'single',
    entry: entryFor(navigation),
    authenticate: token ? () => token : undefined,
    onPick,
    v8: {
      typesAndSources: { mode: options.viewType || 'files', filters, pivots: pivotsFor(navigation) },
      leftNav: navigation.disable ? { enabled: false } : undefined,
      commands: options.action === 'download' ? { pick: { select: { urls: { download: true } } } } : undefined,
      signIn: { loginHint, domainHint: isConsumerAccount === undefined ? undefined : isConsumerAccount ? 'consumers' : 'organizations' },
      accessibility: advanced.trapFocus ? { enableFocusTrap: true } : undefined,
    },
  };
};

const linkOf = (item: PickedItem) => item['@microsoft.graph.downloadUrl'] || item['@content.downloadUrl'];

const toDownload = (item: PickedItem) => ({
  id: item.id,
  name: item.name,
  size: item.size,
  webUrl: item.webUrl,
  '@microsoft.graph.downloadUrl': linkOf(item),
  '@content.downloadUrl': linkOf(item),
});

const toSelection = (item: PickedItem, names: string[]) => {
  const selection: { id: string; [member: string]: unknown } = { id: item.id };
  for (const name of names) if (item[name] !== undefined) selection[name] = item[name];
  return selection;
};

const payload = ({ action, advanced }: OneDriveOpenOptions, items: PickedItem[]): OneDriveFiles => {
  const { select } = parseQuery(advanced?.queryParameters) ?? {};
  const endpoint = items[0]?.['@sharePoint.endpoint'] || 'https://graph.microsoft.com/v1.0';
  return {
    webUrl: null,
    value: items.map((item) => (action === 'download' ? toDownload(item) : select ? toSelection(item, select) : item)),
    accessToken: tokenOf(advanced ?? {}) ?? null,
    apiEndpoint: `${endpoint.replace(/\/+$/, '')}/`,
  };
};

const CODES: { [code: string]: ErrorCode | undefined } = { popup_blocked: 'popupOpen', picker_unreachable: 'popupOpen', invalid_option: 'optionsError' };
const fromKit = (error: Partial<PickerError> | undefined) => {
  const errorCode = CODES[error?.code ?? ''] ?? 'internalError';
  return failure(errorCode, errorCode === 'popupOpen' ? 'popup window is disconnected' : String(error?.message || error));
};

const run = (options: OneDriveOpenOptions) => {
  const onPick = (items: PickedItem[]) => options.action !== 'download' || items.every(linkOf) || 'This page needs a download link, which one of the files does not have.';
  const settled = (choice: Choice | Cancelled) => {
    running = false;
    if (choice.cancelled) {
      if (options.cancel) options.cancel();
      return;
    }
    choice.picker.close();
    options.success(payload(options, choice.items));
  };
  const failed = (error: PickerError) => {
    running = false;
    const known = fromKit(error);
    if (!options.error) throw known;
    options.error(known);
  };
  const begin = (picker: NonNullable<typeof kit>) => picker.openOneDrivePicker(kitOptions(options, onPick));
  const opened = kit ? begin(kit) : kitComes.then(() => begin(kit!));
  // Two handlers of one `then`: an exception in a callback calls no second one.
  opened.then(settled, failed);
};

const refuse = (options: { error?(error: OneDriveError): void } | undefined, error: unknown) => {
  if (typeof options?.error !== 'function') throw error;
  options.error(error as OneDriveError);
};

const OneDrive: OneDriveSdk = {
  open(options) {
    if (running) return;
    let copy: OneDriveOpenOptions;
    try {
      check(options && typeof options === 'object', 'typeError', 'options is not an object');
      copy = { action: 'query', ...options };
      checkOptions(copy);
      parseQuery(copy.advanced?.queryParameters);
    } catch (error) {
      refuse(options, error);
      return;
    }
    running = true;
    run(copy);
  },
  save(options) {
    refuse(options, failure('unsupportedFeature', 'this picker opens files and does not save them'));
  },
};

// Microsoft's script on the same page, before or after this one, does not take the name away.
Object.defineProperty(window, 'OneDrive', { configurable: true, enumerable: true, get: () => OneDrive, set() {} });
