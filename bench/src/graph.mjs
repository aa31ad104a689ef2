/**
 * @file A small Microsoft Graph: one account with one folder of files, as its own root. It shares no code with the simulator.
 *
 * Shapes and rules: https://learn.microsoft.com/graph/api/driveitem-list-children,
 * https://learn.microsoft.com/graph/query-parameters and https://learn.microsoft.com/graph/json-batching.
 */

import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

import { DRIVE_ID, folderId, folderOf } from './items.mjs';

/** Items of a page when the request names no `$top`. */
const DEFAULT_PAGE_ITEMS = 200;
/** Graph takes at most so many requests in one `$batch`. */
const BATCH_REQUESTS = 20;
const USER = {
  id: '48d31887-5fad-4d73-a9f5-3c356e68a038', displayName: 'Dana Levi', mail: 'dana@contoso.com',
  userPrincipalName: 'dana@contoso.com',
};
const DRIVE = {
  id: DRIVE_ID, driveType: 'business', name: 'OneDrive', webUrl: 'https://contoso-my.sharepoint.com/personal/dana_contoso_com/Documents',
  owner: { user: { id: USER.id, displayName: USER.displayName, email: USER.mail } },
  quota: { deleted: 0, remaining: 1_099_000_000_000, state: 'normal', total: 1_099_511_627_776, used: 511_627_776 },
};
/** A grey picture of one pixel, for every thumbnail. */
const PICTURE = Buffer.from('R0lGODlhAQABAIAAAMzMzAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

const failure = (status, code, message) => ({ status, body: { error: { code, message, innerError: { date: '2026-12-01T12:00:00' } } } });
const notFound = () => failure(404, 'itemNotFound', 'The resource could not be found.');

/** Only the selected members, and the entity tag that Graph always adds. */
function selected(value, select) {
  if (!select) return value;
  const members = select.split(',').map((name) => name.trim()).filter((name) => name in value);
  const etag = value.eTag ? { '@odata.etag': value.eTag } : {};
  return Object.assign(etag, Object.fromEntries(members.map((name) => [name, value[name]])));
}

export class Graph {
  /** How long each call takes on the server, in milliseconds. */
  delayMs = 0;
  /** The largest `$top` that is taken; a larger one is refused. */
  largestTop = 1_000;
  /** @type {Map<number, object[]>} */ #folders = new Map();
  /** @type {Map<string, {status: number, plain: Buffer, zipped: Buffer}>} Made answers, so that making them takes no time of a visit. */
  #answers = new Map();
  #count = 200;
  #log;

  /** @param {import('./log.mjs').Log} log */
  constructor(log) {
    this.#log = log;
    this.server = createServer((request, response) => this.#serve(request, response));
  }

  /** Makes the root hold so many files. */
  holds(count) {
    this.#count = count;
    if (!this.#folders.has(count)) this.#folders.set(count, folderOf(count));
  }

  get #items() {
    return this.#folders.get(this.#count) ?? [];
  }

  get #root() {
    return {
      id: folderId(this.#count), name: 'root', root: {}, size: 0, folder: { childCount: this.#count },
      parentReference: { driveId: DRIVE_ID, driveType: 'business' }, webUrl: DRIVE.webUrl,
    };
  }

  async #serve(request, response) {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
      response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*');
      this.#log.note({ party: 'graph', kind: 'preflight', request, response });
      response.writeHead(200, { 'Content-Length': 0 }).end();
      return;
    }
    const url = new URL(request.url, `http://${request.headers.host}`);
    const path = decodeURIComponent(url.pathname).replace(/^\/graph\.microsoft\.com/, '');
    if (path.startsWith('/thumbnails/')) {
      this.#log.note({ party: 'graph', kind: 'thumbnail', request, response });
      response.writeHead(200, { 'Content-Type': 'image/gif', 'Cache-Control': 'max-age=3600', 'Content-Length': PICTURE.length }).end(PICTURE);
      return;
    }
    const entry = this.#log.note({ party: 'graph', kind: kindOf(path), request, response });
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const answer = this.#answer(request, url, path, body);
    entry.parts = body.match(/\/thumbnails/g)?.length ?? 0;
    if (this.delayMs) await new Promise((done) => { setTimeout(done, this.delayMs); });
    const isZipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const bytes = isZipped ? answer.zipped : answer.plain;
    entry.bytes = bytes.length;
    response.setHeader('Content-Type', 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8');
    if (isZipped) response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Vary', 'Accept-Encoding');
    response.setHeader('Cache-Control', 'no-cache');
    response.writeHead(answer.status, { 'Content-Length': bytes.length }).end(bytes);
  }

  /** The answer as bytes, made once for each question. */
  #answer(request, url, path, body) {
    const isKnown = /^Bearer [\w.~+/-]+=*$/.test(request.headers.authorization ?? '');
    if (!isKnown) return made(failure(401, 'InvalidAuthenticationToken', 'Access token is empty.'));
    const key = [this.#count, this.largestTop, request.method, url.href, body].join(' ');
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = made(path === '/v1.0/$batch' ? this.#batch(url, body) : this.#one(request.method, url, path));
      this.#answers.set(key, answer);
    }
    return answer;
  }

  #batch(url, body) {
    const requests = JSON.parse(body || '{}').requests ?? [];
    if (!requests.length || requests.length > BATCH_REQUESTS) return failure(400, 'BadRequest', `1 to ${BATCH_REQUESTS} requests`);
    const base = url.href.replace(/\/\$batch.*/, '');
    const responses = requests.map(({ id, method = 'GET', url: relative }) => {
      const inner = new URL(`${base}/${relative.replace(/^\//, '')}`);
      const path = decodeURIComponent(inner.pathname).replace(/^\/graph\.microsoft\.com/, '');
      return { id, headers: { 'Content-Type': 'application/json' }, ...this.#one(method, inner, path) };
    });
    // The order of the answers means nothing, and Graph makes use of that.
    return { status: 200, body: { responses: responses.reverse() } };
  }

  /** @returns {{status: number, body: object}} */
  #one(method, url, path) {
    const select = url.searchParams.get('$select') ?? url.searchParams.get('select');
    const ok = (body) => ({ status: 200, body });
    if (path === '/v1.0/search/query') return ok({ value: [{ searchTerms: [], hitsContainers: [{ total: 0, moreResultsAvailable: false }] }] });
    if (method !== 'GET') return failure(405, 'Request_BadRequest', 'The method is not allowed.');
    if (path === '/v1.0/me') return ok(selected(USER, select));
    if (path === '/v1.0/me/drives') return ok({ value: [selected(DRIVE, select)] });
    const inDrive = path.match(/^\/v1\.0\/(?:me\/drive|drives\/([^/]+))(\/.*)?$/);
    if (!inDrive || (inDrive[1] && inDrive[1] !== DRIVE_ID)) return notFound();
    const rest = inDrive[2] ?? '';
    if (!rest) return ok(selected(DRIVE, select));
    const isRoot = rest.match(/^\/(?:root|items\/root|items\/([^/]+))(\/children)?$/);
    if (isRoot && (!isRoot[1] || isRoot[1] === this.#root.id)) {
      return isRoot[2] ? this.#children(url, select) : ok(selected(this.#root, select));
    }
    if (/\/(root\/)?search\(/.test(rest)) return ok({ value: [] });
    const ofItem = rest.match(/^\/items\/([^/]+)(\/thumbnails)?$/);
    const item = ofItem && this.#items.find(({ id }) => id === ofItem[1]);
    if (!item) return notFound();
    if (ofItem[2]) return ok({ value: thumbnails(url.origin, item) });
    const expanded = /thumbnails/.test(url.searchParams.get('$expand') ?? '') || /\bthumbnails\b/.test(select ?? '');
    return ok({ ...selected(item, select), ...(expanded ? { thumbnails: thumbnails(url.origin, item) } : {}) });
  }

  #children(url, select) {
    const asked = url.searchParams.get('$top');
    const top = asked === null ? DEFAULT_PAGE_ITEMS : Number(asked);
    if (!(top >= 1 && top <= this.largestTop)) return failure(400, 'invalidRequest', `$top is at most ${this.largestTop}`);
    const token = url.searchParams.get('$skiptoken') ?? url.searchParams.get('$skipToken');
    const start = token ? Number(Buffer.from(token, 'base64url').toString().replace('Paged=TRUE&at=', '')) : 0;
    const withThumbnails = /\bthumbnails\b/.test(url.searchParams.get('$expand') ?? '');
    const sorted = ordered(this.#items, url.searchParams.get('$orderby'));
    const value = sorted.slice(start, start + top).map((item) => ({
      ...selected(item, select),
      ...(withThumbnails ? { thumbnails: thumbnails(url.origin, item) } : {}),
    }));
    const body = { '@odata.context': `${url.origin}/v1.0/$metadata#users('dana')/drive/root/children`, value };
    if (start + top < sorted.length) {
      const next = new URL(url);
      next.searchParams.delete('$skipToken');
      next.searchParams.set('$skiptoken', Buffer.from(`Paged=TRUE&at=${start + top}`).toString('base64url'));
      body['@odata.nextLink'] = next.href;
    }
    return { status: 200, body };
  }
}

/** What a path asks for, in the words of the log. */
function kindOf(path) {
  if (path.endsWith('/children')) return 'listing';
  if (path.endsWith('/$batch')) return 'batch';
  return 'other';
}

/** A thumbnail set as Graph gives it: three sizes. */
function thumbnails(origin, { id }) {
  const one = (size, width, height) => ({ height, width, url: `${origin}/thumbnails/${id}/${size}` });
  return [{ id: '0', small: one('small', 96, 54), medium: one('medium', 176, 99), large: one('large', 800, 450) }];
}

/** OneDrive for Business sorts by name; other orders are for personal accounts, and are refused by nobody here. */
function ordered(items, order) {
  const [member, direction] = (order ?? 'name').split(/[ +]/);
  const sign = direction === 'desc' ? -1 : 1;
  if (member === 'name' && sign === 1) return items;
  const compare = (left, right) => (left[member] < right[member] ? -sign : Number(left[member] > right[member]) * sign);
  return [...items].sort(compare);
}

function made({ status, body }) {
  const plain = Buffer.from(JSON.stringify(body));
  return { status, plain, zipped: gzipSync(plain) };
}
