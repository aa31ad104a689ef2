import assert from 'node:assert/strict';
import { test } from 'node:test';
import { items, startPage } from './fake-page.mjs';
import { load } from './kit.mjs';

const { importOnServer } = await load('server-import.js');

/** Answers one request after the other, and notes what was asked. */
const answering = (...answers) => {
  startPage();
  const asked = [];
  globalThis.fetch = async (url, { method = 'GET', body } = {}) => {
    asked.push({ method, path: new URL(url).pathname + new URL(url).search, body: body && JSON.parse(body) });
    const [status, answer] = answers.shift();
    if (status === 0) throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(answer), { status });
  };
  return asked;
};

test('posts the choice, shows the progress, renews links, and resolves at the end', async () => {
  const [item] = items(1);
  const file = { id: item.id, driveId: item.parentReference.driveId };
  const asked = answering(
    [202, { import: 'a1' }], [200, { files: [{ ...file, state: 'queued' }], linksWanted: [file] }], [202, { import: 'a1' }], [0], [200, { files: [{ ...file, state: 'ready' }], linksWanted: [] }],
  );
  const told = [];
  const picker = { progress: (files) => told.push(files[0].state), refreshLinks: async () => [{ ...file, '@microsoft.graph.downloadUrl': 'https://fresh.example/' }] };
  const files = await importOnServer({ items: [item], picker, pollInterval: 1 });
  assert.deepEqual(files.map(({ state }) => state), ['ready']);
  assert.deepEqual(told, ['queued', 'ready']);
  assert.deepEqual(asked.map(({ method, path }) => `${method} ${path}`), [
    'POST /onedrive/import/import', 'GET /onedrive/import/import?import=a1', 'POST /onedrive/import/import', 'GET /onedrive/import/import?import=a1', 'GET /onedrive/import/import?import=a1',
  ]);
  assert.deepEqual(Object.keys(asked[0].body.items[0]).sort().filter((name) => !['size', 'link', 'name', 'fileName'].includes(name)), ['driveId', 'id', 'mediaType']);
  assert.deepEqual([asked[2].body.import, asked[2].body.items[0].link], ['a1', 'https://fresh.example/']);
});

test('rejects with the code of a server that does not take the choice', async () => {
  answering([422, { code: 'link_not_allowed', index: 0 }]);
  await assert.rejects(importOnServer({ items: items(1) }), { name: 'ServerImportError', code: 'link_not_allowed', index: 0 });
});
