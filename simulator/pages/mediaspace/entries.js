// The entries of the person, straight from Kaltura's API, and their rows.

const TYPES = { 1: 'Video', 2: 'Image', 5: 'Audio' };
const BUSY = { 7: 'Waiting for its file', 0: 'Importing', 1: 'Processing' };
const APPROVAL = { 1: 'Ready, waiting for approval', 3: 'Ready, but not approved' };
const REASONS = {
  '-2': 'The file could not be fetched from OneDrive. Its link may have expired.',
  '-1': 'The file could not be converted.',
};

/** One call of Kaltura's API. Throws what Kaltura refused. */
export const call = async (site, service, action, parameters) => {
  const response = await fetch(`${site.serviceUrl}/api_v3/service/${service}/action/${action}`, {
    method: 'POST', credentials: 'omit', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ format: 1, ks: site.ks, ...parameters }),
  });
  const answer = await response.json();
  if (answer && answer.objectType === 'KalturaAPIException') throw Object.assign(new Error(answer.message), { code: answer.code });
  return answer;
};

/** All entries, of every state, newest first. */
export const listEntries = async (site) => {
  const filter = { objectType: 'KalturaBaseEntryFilter', statusIn: '-2,-1,0,1,2,4,7', moderationStatusIn: '1,2,3,5,6', orderBy: '-createdAt' };
  const answer = await call(site, 'baseEntry', 'list', { filter, pager: { pageSize: 500 } });
  return answer.objects || [];
};

export const isBusy = (entry) => entry.status in BUSY;
export const hasFailed = (entry) => entry.status in REASONS;

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const added = (seconds) => new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const length = (seconds) => {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (!parts[0]) parts.shift();
  return parts.map((part, index) => (index ? String(part).padStart(2, '0') : part)).join(':');
};

const kind = (entry) => TYPES[entry.mediaType] || (entry.documentType ? 'Document' : 'Media');

const state = (entry) => {
  if (isBusy(entry)) {
    const bar = make('div', { className: 'bar', ariaLabel: `${BUSY[entry.status]}: ${entry.name}` });
    bar.setAttribute('role', 'progressbar');
    return [make('span', { className: 'state busy', textContent: BUSY[entry.status] }), bar];
  }
  if (hasFailed(entry)) {
    return [make('span', { className: 'state failed', textContent: 'Failed' }), make('p', { className: 'reason', textContent: REASONS[entry.status] })];
  }
  return [make('span', { className: 'state ready', textContent: APPROVAL[entry.moderationStatus] ?? 'Ready' })];
};

/** A row is drawn again when this changes. */
const statusOf = (entry) => (entry.moderationStatus in APPROVAL ? `${entry.status}/${entry.moderationStatus}` : String(entry.status));

const row = (entry, { open, remove }) => {
  const ready = entry.status === 2;
  const picture = make('img', { src: `${entry.thumbnailUrl}/width/192?s=${entry.status}`, alt: '', width: 96, height: 54, loading: 'lazy' });
  const frame = make('span', { className: 'picture' }, picture);
  if (entry.msDuration) frame.append(make('span', { className: 'length', textContent: length(entry.duration) }));
  const name = make(ready ? 'button' : 'div', { className: 'entry' }, frame, make('bdi', { dir: 'auto', textContent: entry.name }));
  if (ready) {
    name.type = 'button';
    name.onclick = () => open(entry);
  }
  const cross = make('button', { type: 'button', className: 'quiet', ariaLabel: `Delete ${entry.name}`, title: 'Delete' }, icon());
  cross.onclick = () => remove(entry);
  const line = make('tr', {}, make('td', {}, name), make('td', { textContent: kind(entry) }),
    make('td', { textContent: added(entry.createdAt) }), make('td', {}, ...state(entry)), make('td', {}, cross));
  Object.assign(line.dataset, { entry: entry.id, status: statusOf(entry), reference: entry.referenceId || '' });
  return line;
};

const icon = () => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', 'M4.5 6h11M8 6V4.5h4V6m-6 0 .6 9.5h6.8L14 6');
  svg.append(path);
  return svg;
};

/** Shows the rows; those that have not changed stay as they are, so that focus and pictures do too. */
export const showRows = (body, entries, actions) => {
  const before = new Map([...body.rows].map((line) => [line.dataset.entry, line]));
  const lines = entries.map((entry) => {
    const line = before.get(entry.id);
    return line && line.dataset.status === statusOf(entry) ? line : row(entry, actions);
  });
  const same = lines.length === body.rows.length && lines.every((line, index) => line === body.rows[index]);
  if (!same) body.replaceChildren(...lines);
};

/** The player's inside for an entry. */
export const stageOf = (entry) => {
  const source = entry.dataUrl || entry.thumbnailUrl;
  if (entry.mediaType === 1) return make('video', { src: source, controls: true, autoplay: true, poster: entry.thumbnailUrl });
  if (entry.mediaType === 5) return make('audio', { src: source, controls: true, autoplay: true });
  return make('img', { src: entry.thumbnailUrl, alt: entry.name });
};

/** Names and values worth showing below the player. */
export const factsOf = (entry) =>
  [['Entry', entry.id], ['Type', kind(entry)], ['Length', entry.msDuration && length(entry.duration)], ['Added', added(entry.createdAt)], ['Owner', entry.userId], ['Reference', entry.referenceId],
    ['Tags', entry.tags], ['Categories', entry.categories]]
    .filter(([, value]) => value)
    .flatMap(([name, value]) => [make('dt', { textContent: name }), make('dd', { textContent: value })]);
