/** @file All servers of a run, each with an origin of its own: the pages, a host elsewhere, Graph, and Companion for Uppy. */

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { bundlePeers } from './peers.mjs';
import { Front } from './line.mjs';
import { Graph } from './graph.mjs';
import { Log } from './log.mjs';
import { Site } from './sites.mjs';

const here = new URL('..', import.meta.url).pathname;
/** Where `cargo xtask build` expects the picker to be served, unless told otherwise. */
const PICKER_BASE = '/onedrive/index/';
/** A token that nobody issued. */
export const TOKEN = 'bench.token.of.nobody';

export class Servers {
  log = new Log();
  front = new Front();
  graph = new Graph(this.log);
  site = new Site(this.log, 'site');
  host = new Site(this.log, 'host');
  /** @type {{near: string, far: string, token: string} | undefined} */ companion;
  #scratch;
  #process;

  /**
   * Starts them.
   *
   * @param {{dist: string, peers?: {packages: string, esbuild: string}}} options
   */
  async start({ dist, peers }) {
    const listen = async (server) => `http://localhost:${await this.front.listen((connection) => server.emit('connection', connection))}`;
    this.siteOrigin = await listen(this.site.server);
    this.hostOrigin = await listen(this.host.server);
    this.graphOrigin = await listen(this.graph.server);
    this.graphBase = `${this.graphOrigin}/v1.0`;
    // Servers reach each other without the user's line.
    const port = await this.front.listen((connection) => this.graph.server.emit('connection', connection), { isNear: true });
    this.nearGraphBase = `http://localhost:${port}/v1.0`;
    for (const name of ['host.html', 'host.js']) {
      const content = await readFile(`${here}pages/${name}`);
      for (const site of [this.site, this.host]) site.add(`/${name}`, name, content);
    }
    this.site.add('/vanilla/', 'vanilla.html', await readFile(`${here}pages/vanilla.html`));
    const document = withSettings(await readFile(join(dist, 'index.html'), 'utf8'), this.#settings());
    this.site.add(`${PICKER_BASE}blank-page`, 'index.html', document);
    this.site.addFolder(PICKER_BASE, dist);
    if (peers) await this.#startPeers(peers);
    await this.site.prepare();
  }

  #settings() {
    return {
      enabled: 'Yes', allowedRoles: 'privateOnlyRole', applicationId: '11111111-2222-4333-8444-555555555555', userRole: 'adminRole',
      graphBaseUrl: this.graphBase, loginBaseUrl: `${this.graphOrigin}/login`, hostOrigins: [this.siteOrigin, this.hostOrigin],
      mediaTypes: ['video', 'audio', 'image', 'document'],
    };
  }

  async #startPeers({ packages, esbuild }) {
    this.#scratch = await mkdtemp(join(tmpdir(), 'onedrive-picker-bench-'));
    for (const { path, name, content } of await bundlePeers({ packages, esbuild, scratch: this.#scratch })) this.site.add(path, name, content);
    this.#process = spawn(
      process.execPath,
      ['--no-warnings', `${here}peers/companion.mjs`, packages, this.nearGraphBase, TOKEN, this.#scratch],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: this.#process.stdout });
    const { port, token } = await new Promise((done, failed) => {
      this.#process.once('exit', (code) => failed(new Error(`Companion ended with ${code}`)));
      // Its own log goes to the same output; it goes on and is read, so that the process never waits.
      lines.on('line', (line) => { if (line.startsWith('{"port"')) done(JSON.parse(line)); });
    });
    const far = await this.front.listen((connection) => {
      const inner = connect(port, '127.0.0.1');
      connection.pipe(inner).pipe(connection);
      for (const end of [connection, inner]) end.on('error', () => { connection.destroy(); inner.destroy(); });
    });
    // Without a line the browser speaks to Companion directly.
    this.companion = { near: `http://localhost:${port}`, far: `http://localhost:${far}`, token };
  }

  async stop() {
    this.#process?.removeAllListeners('exit').kill();
    this.front.close();
    for (const { server } of [this.site, this.host, this.graph]) server.closeAllConnections();
    if (this.#scratch) await rm(this.#scratch, { recursive: true, force: true });
  }
}

/** The page as a site serves it that puts the settings into it (docs/settings.md). */
function withSettings(document, settings) {
  const element = `<script type="application/json" id="onedrive-settings">${JSON.stringify(settings).replaceAll('<', '\\u003c')}</script>`;
  const at = document.indexOf('<script');
  if (at < 0) throw new Error('dist/index.html has no script; `cargo xtask build` makes it');
  return document.slice(0, at) + element + document.slice(at);
}
