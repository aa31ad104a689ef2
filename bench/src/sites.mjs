/** @file The two web servers of a run: that of the pages under test and of the host which opens them in a frame, and that of a host on another origin. */

import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const TYPES = {
  '.css': 'text/css; charset=utf-8', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};

/**
 * @typedef {object} Resource
 * @property {string} type
 * @property {Buffer} plain
 * @property {Buffer} brotli at level 11
 * @property {boolean} isDocument never cached; all else is cached for ever, by its name
 */

/** @returns {Promise<Resource>} */
export async function resource(name, content, isDocument = name.endsWith('.html')) {
  const plain = Buffer.from(content);
  const brotli = await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  return { type: TYPES[extname(name)] ?? 'application/octet-stream', plain, brotli, isDocument };
}

/** A server of resources: brotli, documents that are not stored, assets that are stored for ever. */
export class Site {
  /** @type {Map<string, Promise<Resource>>} */ #resources = new Map();
  #finders = [];
  /** @type {[string, string][]} */ #folders = [];
  #log;
  #party;

  /** @param {import('./log.mjs').Log} log @param {'site' | 'host'} party */
  constructor(log, party) {
    this.#log = log;
    this.#party = party;
    this.server = createServer((request, response) => this.#serve(request, response));
  }

  /** Serves a file at a path. */
  add(path, name, content) {
    this.#resources.set(path, resource(name, content));
  }

  /** Serves the files of a folder below a path, read when they are first asked for. */
  addFolder(path, folder) {
    this.#folders.push([path, folder]);
    this.#finders.push(async (asked) => {
      const name = asked.startsWith(path) ? asked.slice(path.length) : '';
      if (!/^[\w.-]+(\/[\w.-]+)*$/.test(name) || name.includes('..')) return undefined;
      const content = await readFile(`${folder}/${name}`).catch(() => undefined);
      return content && resource(name, content);
    });
  }

  /** Reads and compresses the files of its folders, so that no visit waits for that. */
  async prepare() {
    await Promise.all(this.#folders.map(async ([path, folder]) => {
      const files = await readdir(folder, { withFileTypes: true }).catch(() => []);
      await Promise.all(files.filter((file) => file.isFile()).map((file) => this.#find(path + file.name)));
    }));
  }

  async #find(path) {
    if (!this.#resources.has(path)) {
      const found = (async () => {
        for (const finder of this.#finders) {
          const file = await finder(path);
          if (file) return file;
        }
        return undefined;
      })();
      this.#resources.set(path, found);
    }
    return this.#resources.get(path);
  }

  /** How many bytes a path weighs in brotli, without headers. */
  async weight(path) {
    return (await this.#find(path))?.brotli.length ?? 0;
  }

  async #serve(request, response) {
    const path = decodeURIComponent(request.url.replace(/[?#].*/, ''));
    const found = await this.#find(path);
    const entry = this.#log.note({ party: this.#party, kind: found?.isDocument ? 'page' : 'asset', request, response });
    if (!found) {
      response.writeHead(404, { 'Content-Length': 0, 'Cache-Control': 'no-store' }).end();
      return;
    }
    const isBrotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    const bytes = isBrotli ? found.brotli : found.plain;
    entry.bytes = bytes.length;
    response.writeHead(200, {
      'Content-Type': found.type,
      'Content-Length': bytes.length,
      'Cache-Control': found.isDocument ? 'no-store' : 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      ...(isBrotli ? { 'Content-Encoding': 'br' } : {}),
      // Host and page in one process, so that a slowed processor is slowed for both.
      ...(found.isDocument ? { 'Origin-Agent-Cluster': '?0' } : {}),
    }).end(bytes);
  }
}
