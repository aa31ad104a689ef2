// Not run: `tsc --strict` reads it, so that the types fit the uses that the guide shows.
import { openOneDrivePicker, PickerError } from 'kaltura-onedrive-picker/onedrive-picker.js';
import type { Choice, ImportProgress, PickerOptions } from 'kaltura-onedrive-picker/onedrive-picker.js';
import { importIntoKaltura, resumeImports, safeLink } from 'kaltura-onedrive-picker/kaltura-import.js';
import type { EarlierEntry, ImportFile } from 'kaltura-onedrive-picker/kaltura-import.js';
import { OneDrivePickerElement } from 'kaltura-onedrive-picker/element.js';
import 'kaltura-onedrive-picker/onedrive-compat.js';

const options: PickerOptions = {
  pickerUrl: new URL('https://media.example/onedrive/index/blank-page'),
  display: 'auto', mode: 'multiple', maxItems: 20, mediaTypes: ['video', 'audio'], filters: ['.mkv'], select: 'files',
  entry: { oneDrive: { recent: {} } }, locale: 'he', theme: 'dark', accent: '#0b6b63', title: 'Choose', closeLabel: 'Close',
  v8: { leftNav: { enabled: false } }, signal: new AbortController().signal, timeout: 30_000,
  authenticate: async ({ resource }) => `token for ${resource}`,
  onPick: async (items) => (items.length > 3 ? 'Too many' : true),
  onProgress: ({ phase, code }) => { if (phase === 'picker-error') console.warn(code); },
};

async function bring(): Promise<ImportFile[]> {
  const choice = await openOneDrivePicker(options);
  if (choice.cancelled) {
    const reason: string = choice.reason;
    return reason ? [] : [];
  }
  const { items, picker }: Choice = choice;
  const states: ImportProgress[] = items.map(({ id, parentReference }) => ({ id, driveId: parentReference?.driveId, state: 'queued' }));
  picker.progress(states);
  const [link] = await picker.refreshLinks(items);
  if (link?.error) console.warn(link.error.code, safeLink(link['@microsoft.graph.downloadUrl'] ?? ''));
  const run = importIntoKaltura({
    serviceUrl: 'https://www.kaltura.com', ks: async () => 'ks', items, picker, batchSize: 10, pollInterval: 1000, folders: 'tags',
    conversionProfileId: 7, entry: (item) => ({ description: item.webUrl }), storage: localStorage, describe: (code) => (code === 'no_answer' ? 'x' : undefined),
    onProgress: (files) => console.log(files.filter(({ state }) => state === 'ready').length),
    onDuplicate: (file, entries, found: EarlierEntry[]) => (confirm(`${file.name} is there ${entries.length} times, ${found[0]?.match}`) ? 'import' : 'skip'),
    downloadsAtOnce: 10, uploadUpToBytes: 20_000_000,
  });
  const files = await run;
  return run.retry(...files.filter(({ error }) => error?.code === 'ERROR_IMPORTING'));
}

bring().catch((error: unknown) => {
  if (error instanceof PickerError && error.code === 'popup_blocked') console.warn('allow windows');
});
resumeImports({ serviceUrl: 'https://www.kaltura.com', ks: 'ks' }).then((files) => console.log(files.length));

const element: OneDrivePickerElement = document.createElement('onedrive-picker');
element.kaltura = { serviceUrl: 'https://www.kaltura.com', ks: 'ks' };
element.addEventListener('pick', ({ detail }) => console.log(detail.items.length));
element.addEventListener('progress', ({ detail }) => console.log(detail.phase, detail.files?.length));
element.addEventListener('error', ({ detail }) => console.log(detail.message));

window.OneDrive.open({
  clientId: '00000000-0000-0000-0000-000000000000', action: 'download', multiSelect: true,
  advanced: { filter: 'folder,.mp4', queryParameters: 'select=id,name', redirectUri: location.href },
  success: ({ value, apiEndpoint, accessToken }) => console.log(value[0]?.['@microsoft.graph.downloadUrl'], apiEndpoint, accessToken),
  cancel: () => {},
  error: ({ errorCode, message }) => console.log(errorCode, message),
});

// @ts-expect-error for tests only, and not a part of the types
importIntoKaltura({ serviceUrl: '', ks: '', items: [], environment: {} });
// @ts-expect-error a mode that there is not
openOneDrivePicker({ mode: 'many' });
// @ts-expect-error items are missing
importIntoKaltura({ serviceUrl: '', ks: '' });
// @ts-expect-error success is missing
window.OneDrive.open({ clientId: '' });
