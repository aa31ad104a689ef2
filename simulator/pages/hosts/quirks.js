// What real hosts do differently (file-picker-v8.md, section 4), one name each for ?quirk=.
// A quirk replaces parts of the documented host: what it launches, and how it answers.

const result = (id, data) => ({ type: 'result', id, data });
const success = (id) => result(id, { result: 'success' });

export const quirks = {
  none: { about: 'Exactly as documented.' },

  // Launch.
  'channel-27': { about: 'The channel id is the constant 27.', channelId: '27' },
  'foreign-origin': { about: 'messaging.origin is hard-coded to http://localhost:3000.', origin: 'http://localhost:3000' },
  'origin-path': { about: 'messaging.origin has a path.', origin: `${location.origin}/hosts/v8.html` },
  'origin-star': { about: 'messaging.origin is "*".', origin: '*' },
  'no-authentication': { about: 'The options have no authentication member.', options: (options) => { delete options.authentication; } },
  'authentication-off': { about: 'authentication.enabled is false, as in LibreChat.', options: (options) => { options.authentication = { enabled: false }; } },
  'sandbox-teams': {
    about: 'An iframe without allow-popups: no sign-in window can open.', view: 'iframe',
    sandbox: 'allow-same-origin allow-top-navigation allow-forms allow-scripts',
  },
  'sandbox-librechat': {
    about: 'An iframe with allow-popups-to-escape-sandbox.', view: 'iframe',
    sandbox: 'allow-same-origin allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox',
  },
  librechat: {
    about: 'LibreChat: its options, and it reads items or files.',
    options: (options) => Object.assign(options, {
      entry: { sharePoint: {} }, authentication: { enabled: false }, title: 'Select files', search: { enabled: true },
      typesAndSources: { mode: 'files', pivots: { oneDrive: true, recent: true, shared: true, sharedLibraries: true, myOrganization: true, site: true } },
      selection: { mode: 'multiple', maximumCount: 10 }, commands: { upload: { enabled: false }, createFolder: { enabled: false } },
    }),
    pick: (host, id, command) => {
      const files = (command.items || command.files).map((item) => ({
        id: item.id || item.shareId, name: item.name, size: item.size, webUrl: item.webUrl, downloadUrl: item.downloadUrl,
        driveId: item.driveId || (item.parentReference || {}).driveId,
      }));
      host.show(files);
      host.post(success(id));
      host.close();
    },
  },
  single: { about: 'selection.mode is single.', options: (options) => { options.selection = { mode: 'single' }; } },
  folders: { about: 'typesAndSources.mode is folders.', options: (options) => { options.typesAndSources.mode = 'folders'; } },
  'search-true': { about: 'search is the boolean true.', options: (options) => { options.search = true; } },
  'waits-for-configuration': { about: 'messaging.waitForConfiguration without ever configuring.', options: (options) => { options.messaging.waitForConfiguration = true; } },

  // Handshake.
  'activate-with-data': { about: 'activate carries data.', activate: { type: 'activate', data: { result: 'success' } } },
  'start-first': { about: 'port.start() comes before addEventListener.', startFirst: true },
  'checks-origin': { about: 'initialize is taken only from the expected origin.', accepts: (event, host) => event.source === host.win && event.origin === host.pickerOrigin },
  csharp: {
    about: 'C#: only the channel id is checked, the listener leaves after the first message, answers have no result member.',
    accepts: () => true, once: true,
    pick: (host, id, command) => { host.show(command.items); host.post(result(id, {})); host.close(); },
    refuse: (host, id, code, message) => host.post(result(id, { error: { code: '1', message } })),
  },
  'never-activates': { about: 'initialize is never answered.', activate: null },

  // Answers.
  'no-acknowledge': { about: 'Commands are never acknowledged.', acknowledge: () => [] },
  'acknowledges-twice': { about: 'Each command is acknowledged twice.', acknowledge: ({ id }) => [{ type: 'acknowledge', id }, { type: 'acknowledge', id }] },
  'acknowledges-everything': { about: 'Notifications are acknowledged too, without an id.', acknowledgesAll: true },
  'bare-unsupported': { about: 'Every pick is answered with the bare unsupportedCommand reply of the SDKs: no type, no id.', pick: (host) => host.bareRefusal('pick') },
  'authenticate-silence': { about: 'authenticate is acknowledged and then never answered.', authenticate: (host, id) => { host.unanswered = id; } },
  'authenticate-error': { about: 'authenticate is refused in due form.', authenticate: (host, id) => host.post(result(id, { result: 'error', error: { code: 'unableToObtainToken', message: 'no' } })) },
  'sharepoint-only': {
    about: 'Only type SharePoint is understood; Graph breaks the host (javascript-basic).',
    authenticate: (host, id, command) => {
      if (command.type !== 'SharePoint' && command.type !== 'SharePoint_SelfIssued') throw new TypeError('MSAL was called with null');
      host.giveToken(id);
    },
  },
  'sharepoint-token': { about: 'The token is one for SharePoint, whatever was asked.', authenticate: (host, id) => host.post(result(id, { result: 'token', token: 'eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJodHRwczovL29wZW51LnNoYXJlcG9pbnQuZXhhbXBsZSJ9.x' })) },
  'close-without-result': { about: 'close is not answered, the window just goes (documentation, javascript-basic).', closed: (host) => host.close() },
  'close-then-result': { about: 'PnP: the window goes first, the answer comes after.', closed: (host, id) => { host.close(); host.post(success(id)); } },
  'close-ignored': { about: 'close is answered, the window stays.', closed: (host, id) => host.post(success(id)) },
  'pick-closes-first': { about: 'PnP: a pick observer closes the window before the answer.', pick: (host, id, command) => { host.show(command.items); host.close(); host.post(success(id)); } },
  'pick-silence': { about: 'A pick is acknowledged and never answered.', pick: (host, id, command) => host.show(command.items) },
  'pick-stays': { about: 'A pick is accepted and the window stays open.', pick: (host, id, command) => { host.show(command.items); host.post(success(id)); } },
  unusable: { about: 'Every pick is refused as unusableItem.', pick: (host, id) => host.refuse(id, 'unusableItem', 'This host takes no such files.') },
  'unusable-first': {
    about: 'The first pick is refused, the second accepted.',
    pick: (host, id, command) => {
      if (!host.refused) { host.refused = true; host.refuse(id, 'unusableItem', 'Not these.'); return; }
      host.accept(id, command);
    },
  },
  progress: {
    about: 'The host sends import-progress after a pick, and one failure.',
    pick: (host, id, command) => {
      host.show(command.items);
      host.post(success(id));
      host.progress(command.items);
    },
  },

  // Bad input.
  strings: { about: 'Every answer is a string of JSON.', stringly: true },
  'no-type': { about: 'Answers have no type.', pick: (host, id, command) => { host.show(command.items); host.post({ id, data: { result: 'success' } }); } },
  'wrong-id': { about: 'Answers carry ids that were never given.', pick: (host, id, command) => { host.show(command.items); host.post(success('nobody')); } },
  flood: { about: 'Ten thousand messages after activate.', after: (host) => { for (let i = 0; i < 10000; i++) host.raw({ type: 'notification', data: { notification: `flood-${i}` } }); } },
  huge: { about: 'A message of 10 MB after activate.', after: (host) => host.raw({ type: 'notification', data: { notification: 'huge', text: 'x'.repeat(1e7) } }) },
  nonsense: { about: 'null, numbers and arrays after activate.', after: (host) => [null, 7, '', [], [[]], { type: 7 }, { type: 'result' }, { type: 'result', id: {}, data: null }].forEach((message) => host.raw(message)) },
};
