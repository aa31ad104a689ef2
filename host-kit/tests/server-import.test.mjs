// The server-side import: both samples, PHP and Node.js, behave the same. Kaltura is the simulator, on simulated time.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Imports } from '../server/node/import.mjs';
import { Kaltura } from '../server/node/kaltura.mjs';
import { importHandler } from '../server/node/server.mjs';
import { Store } from '../server/node/store.mjs';
import { pickFrom, simulatorIsMissing, startSimulator } from './simulator.mjs';

const PAGE = 'https://media.example';
const DELETED = 3;
const hasPhp = spawnSync('php', ['--version']).status === 0;

let simulator;
before(async () => { if (!simulatorIsMissing) simulator = await startSimulator(); });
after(() => simulator?.stop());

const freePort = () => new Promise((resolve) => {
  const socket = createSocket();
  socket.listen(0, '127.0.0.1', () => {
    const { port } = socket.address();
    socket.close(() => resolve(port));
  });
});

const startNode = async (config) => {
  const now = () => Number(readFileSync(config.clockFile, 'utf8'));
  const imports = new Imports({ kaltura: new Kaltura({ ...config, now }), store: new Store(config.folder), config, now });
  const currentUser = ({ headers }) => headers['x-test-role'] && { id: headers['x-test-user'] ?? 'noa.bar-lev', role: headers['x-test-role'] };
  const server = createServer(importHandler({ imports, config, currentUser }));
  // A connection that ends while the machine is slow would be a request that fails.
  server.keepAliveTimeout = 600_000;
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => { server.closeAllConnections(); server.close(); } };
};

const startPhp = async (config) => {
  const port = await freePort();
  const router = fileURLToPath(new URL('server/router.php', import.meta.url));
  const child = spawn('php', ['-d', 'display_errors=stderr', '-S', `127.0.0.1:${port}`, router], { env: { ...process.env, IMPORT_CONFIG: JSON.stringify(config) }, stdio: 'ignore' });
  // It says that it has started before it listens; a request that is refused is made again.
  const address = `http://127.0.0.1:${port}/`;
  for (let isUp = false; !isUp;) isUp = await fetch(address).then(() => true, () => new Promise((resolve) => { setTimeout(resolve, 10, false); }));
  return { address, stop: () => child.kill() };
};

/** A site with one of the samples, whose clock is the simulator's. */
const startSite = async (start, { scenario, settings } = {}) => {
  const clock = await simulator.begin(scenario);
  const folder = mkdtempSync(join(tmpdir(), 'server-import-'));
  const config = {
    serviceUrl: simulator.kaltura, partnerId: simulator.partnerId, adminSecret: simulator.adminSecret, allowedRoles: 'privateOnlyRole', pageOrigins: [PAGE],
    linkHosts: ['*.sharepoint.com', '*.svc.ms', '*.microsoftpersonalcontent.com', simulator.downloads], mediaTypes: [1, 2, 5], maxItems: 100, maxItemBytes: 10_000_000,
    folder: join(folder, 'store'), clockFile: join(folder, 'clock'), ...settings,
  };
  writeFileSync(config.clockFile, String(clock.time));
  const site = await start(config);
  const ask = async (path, { role = 'adminRole', user, body, origin = PAGE, type = 'application/json' } = {}) => {
    const headers = { 'Content-Type': type, Origin: origin, ...(role && { 'X-Test-Role': role }), ...(user && { 'X-Test-User': user }) };
    const response = await fetch(site.address + path, { method: body === undefined ? 'GET' : 'POST', headers, body: body === undefined ? undefined : JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };
  return {
    ...site, clock, config, ask,
    async wait(milliseconds) {
      clock.time += milliseconds;
      await simulator.call('POST', 'clock/advance', { to: clock.time });
      writeFileSync(config.clockFile, String(clock.time));
    },
    /** Asks how it stands, as the page does, until everything is ready or has failed. */
    async follow(id, { renew } = {}) {
      for (let turn = 0; turn < 2_000; turn++) {
        const { status, body } = await ask(`?import=${id}`);
        assert.equal(status, 200, JSON.stringify(body));
        if (body.files.every(({ state }) => state === 'ready' || state === 'failed')) return body.files;
        if (body.linksWanted.length > 0) await renew?.(body.linksWanted);
        await this.wait(5_000);
      }
      throw new Error('it does not end');
    },
    close() {
      site.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const asPosted = ({ id, name, size, parentReference, kaltura, ...item }) => ({
  id, driveId: parentReference.driveId, name: kaltura.name, fileName: name, mediaType: kaltura.mediaType ?? null, size, link: item['@microsoft.graph.downloadUrl'],
});

const SAMPLES = [['Node.js', startNode, false], ['PHP', startPhp, !hasPhp && 'php is not installed']];

for (const [sample, start, isMissing] of SAMPLES) {
  const onSite = (name, options, work) => test(`${sample}: ${name}`, { skip: simulatorIsMissing || isMissing }, async () => {
    const site = await startSite(start, options);
    try {
      await work(site);
    } finally {
      site.close();
    }
  });

  onSite('imports a choice as entries of the person, with all that an administrator session can set', {
    settings: { categoryId: 102, instanceId: 'kms&1', metadataProfileId: 8_801, mediaTypes: [1, 2, 5, null] },
  }, async (site) => {
    const { items } = await pickFrom(simulator, 3, { more: (index) => (index === 2 ? { name: 'script.pdf', kaltura: { name: 'script', mediaType: null } } : {}) });
    const { status, body } = await site.ask('', { body: { items: items.map(asPosted) } });
    assert.equal(status, 202);
    const files = await site.follow(body.import);
    assert.deepEqual(files.map(({ id, state, handedOver }) => [id, state, handedOver]), items.map(({ id }) => [id, 'ready', true]));
    const entries = await simulator.entries();
    assert.equal(entries.length, 3);
    for (const entry of entries) {
      assert.deepEqual([entry.userId, entry.creatorId, entry.adminTags, entry.hasContent, entry.categories], ['noa.bar-lev', 'noa.bar-lev', 'onedrive', true, [102]]);
      assert.match(entry.referenceId, /^[\da-f]{32}$/);
      assert.equal(entry.metadata.length, 1);
    }
    assert.equal(new Set(entries.map(({ referenceId }) => referenceId)).size, 3);
    assert.ok(!readdirSync(site.config.folder).some((name) => name.endsWith('.json') && /tempauth|https?:/.test(readFileSync(join(site.config.folder, name), 'utf8'))), 'no link is kept');
  });

  onSite('refuses who may not import, and what another site sends', {}, async (site) => {
    const { items } = await pickFrom(simulator, 1);
    const body = { items: items.map(asPosted) };
    for (const [options, status, code] of [
      [{ role: null }, 401, 'not_signed_in'], [{ role: 'viewerRole' }, 403, 'role_too_low'], [{ role: 'inventedRole' }, 403, 'role_too_low'],
      [{ origin: 'https://evil.example' }, 403, 'foreign_request'], [{ type: 'text/plain' }, 403, 'foreign_request'],
    ]) {
      const answer = await site.ask('', { body, ...options });
      assert.deepEqual([answer.status, answer.body.code], [status, code]);
    }
    assert.equal((await site.ask('', { body, role: 'privateOnlyRole' })).status, 202);
    assert.equal((await site.ask('?import=../../etc/passwd')).status, 404);
  });

  onSite('believes nothing that comes from the browser', {}, async (site) => {
    const { items: [item] } = await pickFrom(simulator, 1);
    const good = asPosted(item);
    const link = (text) => ({ link: text });
    for (const [change, code] of [
      [link('http://contoso.sharepoint.com/x'), 'link_not_allowed'], [link('https://contoso.sharepoint.com.evil.example/x'), 'link_not_allowed'],
      [link('https://evil.example/contoso.sharepoint.com'), 'link_not_allowed'], [link('https://contoso.sharepoint.com@evil.example/x'), 'link_not_allowed'],
      [link('https://evil.example\\@contoso.sharepoint.com/x'), 'link_not_allowed'], [link('https://user:word@contoso.sharepoint.com/x'), 'link_not_allowed'],
      [link('file:///etc/passwd'), 'link_not_allowed'], [link('https://169.254.169.254/'), 'link_not_allowed'], [link(7), 'link_not_allowed'], [link(undefined), 'link_not_allowed'],
      [link('https://evilsharepoint.com/x'), 'link_not_allowed'], [link('https://contoso.sharepoint.com /x'), 'link_not_allowed'],
      [{ size: 0 }, 'invalid_size'], [{ size: '5' }, 'invalid_size'], [{ size: 1.5 }, 'invalid_size'], [{ size: 10_000_001 }, 'too_large'],
      [{ mediaType: 3 }, 'type_not_allowed'], [{ mediaType: null }, 'type_not_allowed'], [{ mediaType: '1' }, 'type_not_allowed'],
      [{ mediaType: 2, fileName: 'a.HEIC' }, 'image_type_not_supported'], [{ name: ' ' }, 'invalid_name'], [{ name: 'a\u0000' }, 'invalid_name'],
      [{ name: 'x'.repeat(251) }, 'invalid_name'], [{ id: '../x' }, 'invalid_id'], [{ driveId: undefined }, 'invalid_id'], [{ id: 'x\n' }, 'invalid_id'],
    ]) {
      const answer = await site.ask('', { body: { items: [{ ...good, ...change }] } });
      assert.deepEqual([answer.status, answer.body.code], [422, code], JSON.stringify(change));
    }
    for (const body of [{ items: [] }, { items: Array(101).fill(good) }, { items: 'x' }, [], { items: [null] }]) {
      assert.equal((await site.ask('', { body })).status, 422);
    }
    assert.equal((await site.ask('', { body: { items: [{ ...good, link: 'https://contoso.sharepoint.com/x' }] } })).status, 202);
    assert.equal((await simulator.entries()).length, 0, 'nothing is imported before the page asks how it stands');
  });

  onSite('tells nobody else about an import', {}, async (site) => {
    const { items } = await pickFrom(simulator, 1);
    const { body } = await site.ask('', { body: { items: items.map(asPosted) } });
    assert.equal((await site.ask(`?import=${body.import}`, { user: 'tomas.lind' })).status, 404);
    assert.equal((await site.ask('', { body: { import: body.import, items: items.map(asPosted) }, user: 'tomas.lind' })).status, 404);
  });

  for (const [name, scenario] of [
    ['an add that was carried out and not answered', { calls: [{ service: null, action: 'add', skip: 0, times: 2, answer: 'lost' }], switches: { index_lag_ms: 5_000 } }],
    ['an add that never arrived', { calls: [{ service: null, action: 'add', skip: 1, times: 1, answer: 'dropped' }] }],
    ['lost answers all the time', { switches: { lose_every: 4 } }],
    ['rate limits', { switches: { block_every: 3 } }],
    ['a load balancer’s pages', { calls: [{ service: null, action: 'list', skip: 0, times: 3, answer: 'html' }, { service: null, action: 'addContent', skip: 0, times: 2, answer: 'http_503' }] }],
    ['drafts that are ready', { switches: { draft_entries_ready: true } }],
    ['moderation', { switches: { moderation: true } }],
    ['a colleague with the same files', { switches: { colleague: 'ready' } }],
  ]) {
    onSite(`imports each file once: ${name}`, { scenario }, async (site) => {
      const { items } = await pickFrom(simulator, 6);
      const post = () => site.ask('', { body: { items: items.map(asPosted) } });
      // Twice at once, and once more at the end.
      const [first, second] = await Promise.all([post(), post()]);
      const files = await site.follow(first.body.import);
      await site.follow(second.body.import);
      assert.deepEqual(files.map(({ state, error }) => error?.code ?? state), Array(6).fill('ready'));
      if (scenario.switches?.moderation) assert.ok(files.every(({ moderation }) => moderation === 'pending'));
      const again = await site.follow((await post()).body.import);
      assert.ok(again.every(({ duplicate }) => duplicate));
      const own = (await simulator.entries()).filter(({ userId, status }) => userId === 'noa.bar-lev' && status !== DELETED);
      assert.equal(own.length, 6);
      assert.ok(own.every(({ hasContent }) => hasContent));
    });
  }

  onSite('asks the page for fresh links before they end, and names what failed', { scenario: { switches: { import_workers: 2, download_ms: 600_000 } } }, async (site) => {
    const { items, picker } = await pickFrom(simulator, 30);
    const { body } = await site.ask('', { body: { items: items.map(asPosted) } });
    let renewed = 0;
    const renew = async (wanted) => {
      const links = await picker.refreshLinks(wanted);
      renewed += links.length;
      const fresh = links.map((link) => asPosted({ ...items.find(({ id }) => id === link.id), ...link }));
      assert.equal((await site.ask('', { body: { import: body.import, items: fresh } })).status, 202);
    };
    const files = await site.follow(body.import, { renew });
    assert.ok(renewed > 0);
    for (const { state, error } of files) assert.ok(state === 'ready' || error.code === 'ERROR_IMPORTING');
  });
}
