// window.OneDrive for pages written for Microsoft's OneDrive.js 7.2: they change one script tag and nothing else.
// A classic script. What it keeps and what it does differently: docs/embedding.md, "Pages written for OneDrive.js 7.2".
(() => {
  // A module has no currentScript.
  const script = document.currentScript || document.querySelector('script[src*="onedrive-compat"]');
  const base = (script && script.src) || location.href;
  const DEFAULT_PICKER = '/onedrive/index/blank-page';
  const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
  const PIVOTS = { OneDrive: 'oneDrive', Recent: 'recent', Sites: 'sharedLibraries' };

  // Loaded ahead of the click: a window may only be opened within it.
  let kit;
  const kitComes = import(new URL('onedrive-picker.js', base).href).then((module) => { kit = module; });
  kitComes.catch(() => {});
  let running = false;

  const failure = (errorCode, message) => Object.assign(new Error(message), { errorCode });
  const check = (fits, errorCode, message) => { if (!fits) throw failure(errorCode, message); };
  const isOptional = (value, type) => value === undefined || value === null || typeof value === type;

  const parseQuery = (text) => {
    if (text === undefined || text === null) return undefined;
    check(typeof text === 'string', 'typeError', 'queryParameters is not a string');
    const query = {};
    for (const [key, value] of new URLSearchParams(text)) {
      check(key === 'select' || key === 'expand' || key === '$select' || key === '$expand', 'optionsError', `unknown query parameter ${key}`);
      query[key.replace('$', '')] = value.split(',').map((name) => name.trim()).filter(Boolean);
    }
    return query;
  };

  const checkAddresses = ({ redirectUri, navigation }) => {
    if (redirectUri) {
      let host;
      try {
        ({ host } = new URL(redirectUri));
      } catch {
        throw failure('optionsError', 'redirectUri is not an absolute url');
      }
      check(host === location.host, 'optionsError', 'redirect uri is not in the same domain as picker sdk');
    }
    const { sitePath, listPath } = ((navigation || {}).entryLocation || {}).sharePoint || {};
    for (const path of [sitePath, listPath]) {
      check(!path || /^https:\/\//i.test(path), 'optionsError', 'sitePath and listPath have to be https addresses');
    }
  };

  const checkOptions = (options) => {
    check(typeof options.success === 'function', 'typeError', 'success is not a function');
    check(isOptional(options.cancel, 'function'), 'typeError', 'cancel is not a function');
    check(isOptional(options.error, 'function'), 'typeError', 'error is not a function');
    check(GUID.test(options.clientId), 'unknown', 'clientId is not a GUID');
    check(isOptional(options.advanced, 'object'), 'typeError', 'advanced is not an object');
    const { action = 'query', viewType = 'files', advanced } = options;
    check(action !== 'share', 'unsupportedFeature', 'action "share" needs a permission to write, which this picker does not ask for');
    check(action === 'query' || action === 'download', 'optionsError', 'action has to be query or download');
    check(['files', 'folders', 'all'].includes(viewType), 'optionsError', 'viewType has to be files, folders or all');
    checkAddresses(advanced || {});
    check(isOptional((advanced || {}).filter, 'string'), 'typeError', 'filter is not a string');
  };

  // The redirect URI of a MediaSpace registration is the picker's own page.
  const pickerUrl = ({ redirectUri }) => {
    const named = script && script.getAttribute('data-picker-url');
    if (named) return new URL(named, location.href).href;
    if (redirectUri && new URL(redirectUri).pathname === DEFAULT_PICKER) return redirectUri;
    return new URL(DEFAULT_PICKER, base).href;
  };

  const entryFor = ({ entryLocation }) => {
    const { sitePath, listPath, itemPath } = (entryLocation || {}).sharePoint || {};
    return sitePath || listPath ? { sharePoint: { byPath: { web: sitePath, list: listPath, folder: itemPath } } } : undefined;
  };

  const pivotsFor = ({ sourceTypes }) => {
    if (!sourceTypes) return undefined;
    const wanted = [].concat(sourceTypes);
    const pivots = { shared: false };
    for (const source of Object.keys(PIVOTS)) pivots[PIVOTS[source]] = wanted.includes(source);
    return pivots;
  };

  // A token for another service than Graph is not for this picker.
  const tokenOf = ({ accessToken, endpointHint }) =>
    (accessToken && (!endpointHint || /^https:\/\/graph\./i.test(endpointHint)) ? accessToken : undefined);

  const kitOptions = (options, onPick) => {
    const advanced = options.advanced || {};
    const navigation = advanced.navigation || {};
    const { isConsumerAccount, loginHint } = advanced;
    const token = tokenOf(advanced);
    const filters = (advanced.filter || '').split(',').map((filter) => filter.trim()).filter(Boolean);
    return {
      pickerUrl: pickerUrl(advanced),
      display: options.openInNewWindow === false ? 'dialog' : 'popup',
      mode: options.multiSelect ? 'multiple' : 'single',
      entry: entryFor(navigation),
      authenticate: token && (() => token),
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

  const linkOf = (item) => item['@microsoft.graph.downloadUrl'] || item['@content.downloadUrl'];

  const toDownload = (item) => ({
    id: item.id,
    name: item.name,
    size: item.size,
    webUrl: item.webUrl,
    '@microsoft.graph.downloadUrl': linkOf(item),
    '@content.downloadUrl': linkOf(item),
  });

  const toSelection = (item, names) => {
    const selection = { id: item.id };
    for (const name of names) if (item[name] !== undefined) selection[name] = item[name];
    return selection;
  };

  const payload = ({ action, advanced }, items) => {
    const { select } = parseQuery((advanced || {}).queryParameters) || {};
    const endpoint = items[0]['@sharePoint.endpoint'] || 'https://graph.microsoft.com/v1.0';
    return {
      webUrl: null,
      value: items.map((item) => (action === 'download' ? toDownload(item) : select ? toSelection(item, select) : item)),
      accessToken: tokenOf(advanced || {}) || null,
      apiEndpoint: `${endpoint.replace(/\/+$/, '')}/`,
    };
  };

  const CODES = { popup_blocked: 'popupOpen', picker_unreachable: 'popupOpen', invalid_option: 'optionsError' };
  const fromKit = (error) => {
    const errorCode = CODES[error && error.code] || 'internalError';
    return failure(errorCode, errorCode === 'popupOpen' ? 'popup window is disconnected' : String((error && error.message) || error));
  };

  const run = (options) => {
    const onPick = (items) => options.action !== 'download' || items.every(linkOf) || 'This page needs a download link, which one of the files does not have.';
    const settled = (choice) => {
      running = false;
      if (choice.cancelled) {
        if (options.cancel) options.cancel();
        return;
      }
      choice.picker.close();
      options.success(payload(options, choice.items));
    };
    const failed = (error) => {
      running = false;
      const known = fromKit(error);
      if (!options.error) throw known;
      options.error(known);
    };
    const begin = () => kit.openOneDrivePicker(kitOptions(options, onPick));
    // Two handlers of one `then`: an exception in a callback calls no second one.
    (kit ? begin() : kitComes.then(begin)).then(settled, failed);
  };

  const refuse = (options, error) => {
    if (!options || typeof options.error !== 'function') throw error;
    options.error(error);
  };

  const OneDrive = {
    open(options) {
      if (running) return;
      let copy;
      try {
        check(options && typeof options === 'object', 'typeError', 'options is not an object');
        copy = { action: 'query', ...options };
        checkOptions(copy);
        parseQuery((copy.advanced || {}).queryParameters);
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
})();
