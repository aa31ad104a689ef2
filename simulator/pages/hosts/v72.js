// A page written for OneDrive.js 7.2. Each case is one thing that such pages do.

const by = (id) => document.getElementById(id);
const config = JSON.parse(by('config').textContent);
const address = new URLSearchParams(location.search);

// The simulator's own overrides travel in the picker's address.
if (address.has('sim')) by('sdk').dataset.pickerUrl = `${config.picker}/onedrive/index/blank-page?${new URLSearchParams({ sim: address.get('sim') })}`;

const cases = {
  plain: { about: 'The call of the documentation.' },
  parameters: { about: 'advanced.queryParameters asks for more.', change: (options) => { options.advanced.queryParameters = 'select=id,name,size,file,folder,photo'; } },
  'bad-parameters': { about: 'An unknown key in advanced.queryParameters: optionsError.', change: (options) => { options.advanced.queryParameters = 'filter=name'; } },
  filter: { about: 'advanced.filter shows folders and .mp4.', change: (options) => { options.advanced.filter = 'folder,.mp4'; } },
  folders: { about: 'viewType is folders.', change: (options) => { options.viewType = 'folders'; } },
  scopes: { about: 'advanced.scopes names Files.Read.All.', change: (options) => { options.advanced.scopes = ['Files.Read.All']; } },
  'login-hint': { about: 'advanced.loginHint names an account.', change: (options) => { options.advanced.loginHint = address.get('account') || ''; } },
  'bad-client': { about: 'clientId is no GUID: unknown.', change: (options) => { options.clientId = 'my-app'; } },
  'no-success': { about: 'success is missing: typeError.', change: (options) => { delete options.success; } },
  'no-error': { about: 'There is no error callback.', change: (options) => { delete options.error; } },
  'foreign-redirect': { about: 'advanced.redirectUri is on another host.', change: (options) => { options.advanced.redirectUri = 'https://elsewhere.example/back'; } },
  twice: { about: 'open is called twice in one click; the second call does nothing.', twice: true },
  save: { about: 'save, which needs a write scope.', save: true },
  blocked: { about: 'The browser blocks the window: popupOpen.', change: () => { window.open = () => null; } },
};
for (const name of Object.keys(cases)) by('case').append(new Option(name, name));
for (const name of ['case', 'action', 'multiSelect']) if (address.has(name)) by(name).value = address.get(name);
const describe = () => { by('about').textContent = cases[by('case').value].about; };
by('case').addEventListener('change', describe);
describe();

const called = (name, value) => {
  by('callbacks').append(Object.assign(document.createElement('li'), { textContent: name }));
  by('status').textContent = name;
  by('result').textContent = JSON.stringify(value, (key, member) => (key === 'accessToken' && member ? '(token)' : member), 1) || '';
  by('picked').replaceChildren(...((value && value.value) || []).map((item) => Object.assign(document.createElement('li'), { textContent: item.name || item.id })));
};

by('open').addEventListener('click', () => {
  const { change, twice, save } = cases[by('case').value];
  const options = {
    clientId: config.applicationId,
    action: by('action').value,
    multiSelect: by('multiSelect').value === 'true',
    advanced: address.has('redirectUri') ? { redirectUri: address.get('redirectUri') } : {},
    success: (files) => called('success', files),
    cancel: (...nothing) => called(nothing.length ? 'cancel with arguments' : 'cancel'),
    error: (error) => called(`error ${error.errorCode}`, { errorCode: error.errorCode, message: error.message }),
  };
  if (change) change(options);
  try {
    const returned = save ? window.OneDrive.save(options) : window.OneDrive.open(options);
    if (returned !== undefined) called('something was returned');
    if (twice) window.OneDrive.open(options);
  } catch (error) {
    called(`thrown ${error.errorCode}`, { errorCode: error.errorCode, message: error.message });
  }
});
