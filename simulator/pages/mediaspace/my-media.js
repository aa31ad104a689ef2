// My Media: "+ Create", the import, and the entries with their state as Kaltura tells it.

import { call, factsOf, hasFailed, isBusy, listEntries, showRows, stageOf } from './entries.js';
import { tieControls } from './controls.js';

const by = (id) => document.getElementById(id);
const site = JSON.parse(by('site').textContent);
// Loaded ahead of the click: a window may only be opened within it.
let kit;
const kitComes = Promise.all([import('/host/onedrive-picker.js'), import('/host/kaltura-import.js'), import('/host/server-import.js')]).then(
  ([picker, importer, server]) => { kit = { ...picker, ...importer, ...server }; },
  () => warn('The host kit did not load. Reload the page.'),
);

let entries = [];
let timer;
const imports = new Set();

const say = (text) => { by('notice').textContent = text; };
const warn = (text) => {
  by('alert').hidden = !text;
  by('again').hidden = true;
  by('alert').firstElementChild.textContent = text || '';
};

const draw = () => {
  const words = by('search').value.trim().toLocaleLowerCase();
  const show = by('show').value;
  const fitting = entries.filter((entry) => entry.name.toLocaleLowerCase().includes(words)
    && (!show || (show === 'failed' ? hasFailed(entry) : String(entry.mediaType) === show)));
  showRows(by('entries').tBodies[0], fitting, { open, remove });
  by('entries').hidden = !fitting.length;
  by('empty').hidden = !!fitting.length;
  const [title, text] = entries.length ? ['Nothing fits', 'Search for something else, or show all media.']
    : site.ks ? ['You have no media yet', 'Files that you import from OneDrive or SharePoint come here.']
      : ['You are not signed in', 'Sign in to MediaSpace to see your media.'];
  by('empty').querySelector('h2').textContent = title;
  by('empty').querySelector('p').textContent = text;
  by('empty-onedrive').hidden = !!entries.length;
  by('count').textContent = entries.length ? `${entries.length} ${entries.length === 1 ? 'item' : 'items'}` : '';
};

const refresh = async () => {
  clearTimeout(timer);
  if (site.ks) {
    try {
      entries = await listEntries(site);
    } catch (error) {
      if (error.code === 'INVALID_KS') warn('Your session has ended. Reload the page to sign in again.');
    }
  }
  draw();
  if (imports.size || entries.some(isBusy)) timer = setTimeout(refresh, 700);
};

const open = (entry) => {
  by('player-name').textContent = entry.name;
  by('stage').replaceChildren(stageOf(entry));
  by('facts').replaceChildren(...factsOf(entry));
  by('player').showModal();
};
by('player').addEventListener('close', () => by('stage').replaceChildren());

const remove = async (entry) => {
  await call(site, 'baseEntry', 'delete', { entryId: entry.id }).catch((error) => warn(error.message));
  say(`${entry.name} was deleted.`);
  refresh();
};

const plural = (count) => `${count} ${count === 1 ? 'file' : 'files'}`;

// One question at a time; "the same for all others" answers the rest of this import.
const askAbout = (answers) => async (file, known) => {
  if (answers.all) return answers.all;
  const dialog = by('ask');
  const [{ name, createdAt }] = known;
  by('ask-text').textContent = `${file.name || name} is already in My Media: "${name}" of ${new Date(createdAt * 1000).toLocaleDateString()}.`;
  dialog.returnValue = 'skip';
  dialog.showModal();
  const answer = await new Promise((settle) => { dialog.addEventListener('close', () => settle(dialog.returnValue || 'skip'), { once: true }); });
  if (by('ask-all').checked) answers.all = answer;
  return answer;
};

const outcome = (files) => {
  const failed = files.filter((file) => file.state === 'failed');
  const there = files.filter((file) => file.duplicate).length;
  say([`${plural(files.length - failed.length - there)} imported.`, there && `${plural(there)} already in My Media.`].filter(Boolean).join(' '));
  warn(failed.length && `${plural(failed.length)} could not be imported. ${failed.map((file) => `${file.name}: ${file.error.message}`).join(' ')}`);
};

const follow = async (run) => {
  imports.add(run);
  try {
    outcome(await run);
    by('again').hidden = !run.files.some((file) => file.state === 'failed');
    by('again').onclick = async () => {
      warn('');
      say('Trying again…');
      refresh();
      await follow(Object.assign(run.retry(), { files: run.files, retry: run.retry }));
    };
  } catch (error) {
    warn(error.message);
  } finally {
    imports.delete(run);
    refresh();
  }
};

const importOptions = () => ({ serviceUrl: site.serviceUrl, ks: site.ks, pollInterval: 500, onProgress: refresh });

// The sample of an import on the server, which `cargo xtask demo` starts.
const IMPORT_SERVER = 'http://127.0.0.1:4186/';

const bringOnServer = ({ items, picker }) => {
  const run = kit.importOnServer({ address: IMPORT_SERVER, items, picker, pollInterval: 1000, onProgress: refresh });
  return follow(Object.assign(run, { files: [], retry: () => bringOnServer({ items, picker }) }));
};

const bring = ({ items, picker }) => {
  say(`Importing ${plural(items.length)}…`);
  if (by('importOnServer').checked) return bringOnServer({ items, picker });
  const run = kit.importIntoKaltura({ ...importOptions(), items, picker, folders: 'tags', onDuplicate: askAbout({}) });
  runs.push(run);
  return follow(run);
};

// What is picked later: a file whose import failed is tried again, everything else is imported as well.
const runs = [];
const pickedLater = (picker) => (items) => {
  const rest = items.filter((item) => {
    const failed = (file) => file.state === 'failed' && file.id === item.id;
    const run = runs.find(({ files }) => files.some(failed));
    if (run) follow(Object.assign(run.retry(run.files.find(failed)), { files: run.files, retry: run.retry }));
    return !run;
  });
  if (rest.length) bring({ items: rest, picker });
  return true;
};

const controls = tieControls(site, (name) => {
  if (name === 'accent') paint();
  if (name === 'role') location.reload();
});
const paint = () => document.documentElement.style.setProperty('--brand', controls.value('accent'));
paint();

const chooseFromOneDrive = async () => {
  if (!kit) await kitComes;
  if (!kit) return;
  warn('');
  say('');
  try {
    const choice = await kit.openOneDrivePicker({
      pickerUrl: controls.pickerUrl(),
      display: controls.value('display'),
      maxItems: Number(controls.value('maxItems')),
      locale: controls.value('locale') || undefined,
      theme: controls.value('theme') || undefined,
      accent: controls.value('accent'),
      title: 'Import from OneDrive',
    });
    if (choice.cancelled) say('Nothing was imported.');
    else {
      choice.picker.onPick = pickedLater(choice.picker);
      await bring(choice);
    }
  } catch (error) {
    warn(error.code === 'popup_blocked' ? 'The browser blocked the window. Allow windows for this site, or open the picker in a dialog.' : error.message);
  }
};

// "+ Create" is a menu button: click, Enter, Space or Down open it, Escape and leaving it close it.
const showMenu = (visible) => {
  by('create-menu').hidden = !visible;
  by('create').setAttribute('aria-expanded', visible);
  if (visible) by('create-onedrive').focus();
};
by('create').addEventListener('click', () => showMenu(by('create-menu').hidden));
by('create').addEventListener('keydown', (event) => { if (event.key === 'ArrowDown') { event.preventDefault(); showMenu(true); } });
by('create-menu').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { showMenu(false); by('create').focus(); }
});
by('create-menu').addEventListener('focusout', (event) => { if (event.relatedTarget !== by('create')) showMenu(false); });
by('create-onedrive').addEventListener('click', () => { by('create').focus(); showMenu(false); chooseFromOneDrive(); });
by('empty-onedrive').addEventListener('click', chooseFromOneDrive);
by('alert-close').addEventListener('click', () => warn(''));
by('search').addEventListener('input', draw);
by('show').addEventListener('change', draw);
by('lms').href = site.lms;
if (!site.ks) { by('avatar').textContent = '–'; by('avatar').ariaLabel = 'Not signed in'; }

// In a course the page is as high as what it shows, and tells the frame around it so.
if (window.top !== window) {
  document.documentElement.classList.add('framed');
  by('demo').open = false;
  const tell = () => parent.postMessage({ subject: 'lti.frameResize', height: document.body.scrollHeight }, site.lms);
  new ResizeObserver(tell).observe(document.body);
}
refresh();
// What an earlier visit left unfinished goes on.
if (site.ks) {
  kitComes.then(async () => {
    const run = kit?.resumeImports(importOptions());
    if (!run?.files.length) return;
    say(`Still importing ${plural(run.files.length)}…`);
    await follow(run);
  });
}
