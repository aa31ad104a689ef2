// The control page: forms that send JSON, and the state of everything, read once a second.

import { tieKaltura } from './kaltura.js';
import { showMicrosoft, tieMicrosoft } from './microsoft.js';

const by = (id) => document.getElementById(id);
const STATUS = { '-2': 'error importing', '-1': 'error converting', 0: 'import', 1: 'preconvert', 2: 'ready', 3: 'deleted', 4: 'pending', 7: 'no content' };

export const send = async (method, path, body) => {
  const response = await fetch(`/control/api/${path}`, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) });
  by('status').textContent = response.ok ? 'Done.' : `That was refused (${response.status}).`;
  await show();
};

const cell = (text, name) => Object.assign(document.createElement('td'), { textContent: text ?? '', className: name || '' });
const verdict = (matches) => (matches === undefined || matches === null ? cell('not listed') : cell(matches ? 'equal' : 'differs', matches ? 'good' : 'bad'));

const entryRow = ({ id, name, status, import: report }) => {
  const row = document.createElement('tr');
  const { attempts, bytes, size_matches: size, hash_matches: hash, failure } = report || {};
  row.append(cell(id), cell(name), cell(`${status} ${STATUS[status]}`, status === 2 ? 'good' : status < 0 ? 'bad' : ''), cell(attempts), cell(bytes?.toLocaleString()),
    ...(report ? [verdict(size), verdict(hash)] : [cell(), cell()]), cell(failure));
  return row;
};
const line = (text) => Object.assign(document.createElement('li'), { textContent: text });

let tied = false;
const show = async () => {
  const state = await (await fetch('/control/api/state')).json();
  if (!tied) {
    tied = true;
    for (const code of ['lost', 'lost_hang', 'dropped', 'hang', 'garbage', 'html', 'http_500', 'http_503', ...state.kaltura.codes]) by('kaltura').answer.append(new Option(code, code));
    tieKaltura(state.kaltura.switches, send);
    tieMicrosoft(state.microsoft, send);
  }
  by('entries').replaceChildren(...state.kaltura.entries.map(entryRow));
  by('kaltura-calls').replaceChildren(...state.kaltura.calls.map(({ call, error }) => line(error ? `${call} → ${error}` : call)));
  by('settings').textContent = JSON.stringify(state.site, null, 1);
  showMicrosoft(state.microsoft);
};

by('kaltura').addEventListener('submit', (event) => {
  event.preventDefault();
  const { percent, failure, seed, import_delay: importDelay, answer_delay: answerDelay, action, answer, times, skip } = by('kaltura');
  send('PUT', 'kaltura/faults', {
    imports: Number(percent.value) ? { percent: Number(percent.value), seed: Number(seed.value), failure: failure.value } : null,
    import_delay: Number(importDelay.value),
    answer_delay: Number(answerDelay.value),
    calls: answer.value ? [{ action: action.value || null, answer: answer.value, times: Number(times.value), skip: Number(skip.value) }] : [],
  });
});
by('site').addEventListener('submit', (event) => {
  event.preventDefault();
  try {
    send('PUT', 'site', JSON.parse(by('site').json.value));
  } catch (error) {
    by('status').textContent = error.message;
  }
});
for (const button of document.querySelectorAll('[data-post], [data-delete]')) {
  const { post, delete: remove, body } = button.dataset;
  button.addEventListener('click', () => send(post ? 'POST' : 'DELETE', post || remove, body && JSON.parse(body)));
}
show();
setInterval(() => document.hidden || show(), 1500);
