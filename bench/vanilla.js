// What the picker is measured against: the same listing by hand, without a framework. It takes part in the host's
// protocol as far as a token needs it, asks Graph for the same, and makes an element for every item.

const address = new URLSearchParams(location.search);
const { messaging } = JSON.parse(address.get('filePicker'));
const graph = address.get('graph');
const list = document.getElementById('list');
const chosen = document.getElementById('chosen');

const SELECT = 'id,name,size,webUrl,file,folder,package,bundle,root,specialFolder,malware,deleted,pendingOperations,remoteItem,'
  + 'shared,parentReference,lastModifiedDateTime,lastModifiedBy,video,audio,image,photo';

/** The host's token, by the protocol of File Picker v8. */
const token = new Promise((settle) => {
  const { port1: port, port2 } = new MessageChannel();
  port.onmessage = ({ data: message }) => {
    if (message.type === 'activate') {
      const data = { command: 'authenticate', resource: graph, type: 'Graph' };
      port.postMessage({ type: 'command', id: '1', data });
    } else if (message.type === 'result' && message.data.token) {
      settle(message.data.token);
    }
  };
  parent.postMessage({ type: 'initialize', channelId: messaging.channelId }, messaging.origin, [port2]);
});

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const sizes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
function size(bytes) {
  let unit = 0;
  for (; bytes >= 1000 && unit < units.length - 1; unit += 1) bytes /= 1000;
  return `${sizes.format(bytes)} ${units[unit]}`;
}

function cell(className, content) {
  const element = document.createElement('span');
  element.className = className;
  element.setAttribute('role', 'gridcell');
  if (content) element.append(content);
  return element;
}

let count = 0;
function row(item) {
  const element = document.createElement('div');
  element.setAttribute('role', 'row');
  element.setAttribute('aria-rowindex', count + 2);
  element.setAttribute('aria-selected', 'false');
  element.tabIndex = count ? -1 : 0;
  count += 1;
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.ariaLabel = item.name;
  const picture = item.thumbnails?.[0]?.small?.url;
  const thumb = document.createElement(picture ? 'img' : 'span');
  thumb.className = 'thumb';
  if (picture) Object.assign(thumb, { loading: 'lazy', decoding: 'async', alt: '', src: picture });
  const modified = new Date(item.lastModifiedDateTime);
  element.append(
    cell('check', box),
    thumb,
    cell('name', item.name),
    cell('date', dates.format(modified)),
    cell('number', item.folder ? '' : size(item.size)),
  );
  return element;
}

list.addEventListener('change', ({ target }) => {
  target.closest('[role=row]').setAttribute('aria-selected', target.checked);
  const all = list.querySelectorAll('[aria-selected=true]').length;
  chosen.value = all ? `${all} chosen` : 'Nothing chosen';
});

async function read() {
  const headers = { Authorization: `Bearer ${await token}` };
  let next = `${graph}/me/drive/root/children?$top=200&$select=${SELECT}&$expand=thumbnails`;
  while (next) {
    const answer = await fetch(next, { headers, cache: 'no-store' });
    if (!answer.ok) throw new Error(answer.status);
    const page = await answer.json();
    const rows = document.createDocumentFragment();
    for (const item of page.value) rows.append(row(item));
    list.append(rows);
    next = page['@odata.nextLink'];
  }
  list.setAttribute('aria-rowcount', count + 1);
}

read().catch((error) => { chosen.value = `The listing failed: ${error.message}`; });
