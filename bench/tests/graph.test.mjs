import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';

import { Graph } from '../src/graph.mjs';
import { DRIVE_ID } from '../src/items.mjs';
import { Log } from '../src/log.mjs';

const log = new Log();
const graph = new Graph(log);
let base;

before(async () => {
  graph.holds(450);
  graph.server.listen(0, '127.0.0.1');
  await once(graph.server, 'listening');
  base = `http://localhost:${graph.server.address().port}/v1.0`;
});
after(() => { graph.server.closeAllConnections(); graph.server.close(); });

const headers = { Authorization: 'Bearer a.token' };
const get = async (path) => (await fetch(path.startsWith('http') ? path : base + path, { headers })).json();

test('pages of 200 follow each other by next links, and the last has none', async () => {
  const sizes = [];
  for (let next = '/me/drive/root/children'; next;) {
    const page = await get(next);
    sizes.push(page.value.length);
    next = page['@odata.nextLink'];
  }
  assert.deepEqual(sizes, [200, 200, 50]);
});

// https://learn.microsoft.com/graph/query-parameters
test('$top and $select are honoured, and stay with the next link', async () => {
  const page = await get('/me/drive/root/children?$top=400&$select=id,name');
  assert.equal(page.value.length, 400);
  assert.deepEqual(Object.keys(page.value[0]), ['@odata.etag', 'id', 'name']);
  const next = new URL(page['@odata.nextLink']).searchParams;
  assert.equal(next.get('$select'), 'id,name');
});

test('a page size over the largest is refused', async () => {
  graph.largestTop = 200;
  const { error } = await get('/me/drive/root/children?$top=1000');
  graph.largestTop = 1_000;
  assert.equal(error.code, 'invalidRequest');
});

test('without a token there is nothing', async () => {
  const response = await fetch(`${base}/me/drive/root/children`);
  assert.equal(response.status, 401);
});

test('an item without $select has what OneDrive for Business sends', async () => {
  const { value: [item] } = await get('/me/drive/root/children?$top=1');
  for (const member of ['createdBy', 'eTag', 'cTag', 'fileSystemInfo', 'parentReference', 'webUrl', '@microsoft.graph.downloadUrl']) {
    assert.ok(member in item, member);
  }
  assert.equal(item.parentReference.driveId, DRIVE_ID);
});

// https://learn.microsoft.com/graph/json-batching
test('a batch answers each part under its id, in any order', async () => {
  const { value: [{ id }] } = await get('/me/drive/root/children?$top=1');
  const requests = [{ id: '1', method: 'GET', url: `/drives/${DRIVE_ID}/items/${id}/thumbnails` }, { id: '2', method: 'GET', url: '/nothing' }];
  const response = await fetch(`${base}/$batch`, { method: 'POST', headers, body: JSON.stringify({ requests }) });
  const { responses } = await response.json();
  assert.deepEqual(responses.map((part) => [part.id, part.status]).sort(), [['1', 200], ['2', 404]]);
  assert.equal(log.entries.at(-1).parts, 1);
});
