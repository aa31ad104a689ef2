/** @file One visit of a page under test, in a browser, from the host's frame to the last row. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { NAME_PREFIX } from './items.mjs';
import { Line } from './line.mjs';
import { longestTask, TRACED } from './trace.mjs';
import { probe } from './probe.mjs';
import { TOKEN } from './servers.mjs';

/** How long a visit may take in all. */
const VISIT_LIMIT_MS = 90_000;
/** The servers have had no request for so long: the page has come to rest. */
const REST_MS = 500;
const REST_LIMIT_MS = 10_000;
/** The mouse wheel while scrolling: slowly through what is near, then in leaps through the whole list. */
const WHEEL = [...Array(40).fill(250), ...Array(60).fill(12_000)];

/** Starts the browser. */
export async function launch({ packages, chrome }) {
  const entry = createRequire(join(packages, 'index.js')).resolve('puppeteer-core');
  const { default: puppeteer } = await import(pathToFileURL(entry).href);
  return puppeteer.launch({
    executablePath: chrome, headless: true, protocolTimeout: VISIT_LIMIT_MS,
    args: [
      '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--disable-quic', '--disable-extensions', '--window-size=1100,720',
    ],
    defaultViewport: { width: 1100, height: 720 },
  });
}

/**
 * @typedef {object} Conditions
 * @property {number} count files in the folder
 * @property {{bitsPerSecond: number, roundTripMs: number} | undefined} [line] none: as near as this machine
 * @property {number} [delayMs] of each call of Graph
 * @property {number} [cpu] how many times slower the processor is
 * @property {'rows' | 'card'} [until] without a token the picker shows its sign-in card
 * @property {'afterwards' | 'at once'} [scrolls] through the list, when it is complete or when its first row is there
 * @property {boolean} [isForeign] the host has another origin than the page
 * @property {number} [largestTop] the largest `$top` that Graph takes
 */

/** What one visit came to. Times are in milliseconds from the navigation of the frame. */
export class Visitor {
  /** @param {import('puppeteer-core').Browser} browser @param {import('./servers.mjs').Servers} servers */
  constructor(browser, servers) {
    this.browser = browser;
    this.servers = servers;
  }

  #address(page, isFar) {
    const { siteOrigin, graphBase, companion } = this.servers;
    if (page === 'picker') return `${siteOrigin}/onedrive/index/blank-page`;
    const parameters = { graph: graphBase, token: TOKEN };
    if (page.startsWith('uppy')) Object.assign(parameters, { token: companion.token, companion: isFar ? companion.far : companion.near });
    return `${siteOrigin}/${page}/#${new URLSearchParams(parameters)}`;
  }

  /**
   * Visits a page so many times in a context of its own, and gives what each visit came to: the first is with empty caches.
   *
   * @param {string} page
   * @param {Conditions} conditions
   */
  async visits(page, conditions, times = 1) {
    const context = await this.browser.createBrowserContext();
    try {
      const results = [];
      for (let visit = 0; visit < times; visit += 1) results.push(await this.#visit(context, page, conditions));
      return results;
    } finally {
      await context.close();
    }
  }

  async #visit(context, page, { count, line, delayMs = 0, cpu = 1, until = 'rows', scrolls, largestTop = 1_000, isForeign = false }) {
    const { servers } = this;
    servers.graph.holds(count);
    Object.assign(servers.graph, { delayMs, largestTop });
    const tab = await context.newPage();
    await tab.evaluateOnNewDocument(probe, { page, count, until, prefix: NAME_PREFIX });
    await tab.goto(`${isForeign ? servers.hostOrigin : servers.siteOrigin}/host.html`, { waitUntil: 'networkidle0' });
    if (cpu > 1) await tab.emulateCPUThrottling(cpu);
    servers.log.clear();
    servers.front.line = line && new Line(line);
    try {
      const options = { url: this.#address(page, Boolean(line)), isPicker: page === 'picker', suppliesToken: until === 'rows', token: TOKEN };
      const ended = tab.evaluate((visit) => window.visit(visit), options);
      if (scrolls === 'at once') await scrolledAtOnce(tab);
      const seen = await within(VISIT_LIMIT_MS, ended, `${page} did not come to its last row`);
      const frame = tab.frames().find((one) => one !== tab.mainFrame());
      if (!frame || frame.client !== tab.mainFrame().client) throw new Error('the page is not in the process of its host');
      await this.#rest();
      const scrolling = scrolls === 'afterwards' ? await scrolled(tab) : undefined;
      if (scrolling !== undefined) await this.#rest();
      const settled = await frame.evaluate(() => window.benchSettled());
      if (cpu > 1) await tab.emulateCPUThrottling(1);
      const heapBytes = await heap(tab);
      return { page, ...seen, ...summary(servers.log.entries, seen, count), longTasks: settled.longTasks, syncRequests: settled.syncRequests,
        repeated: repeated(servers.log.entries, settled.resources, servers.siteOrigin),
        elements: Math.max(seen.elements, settled.elements), wasmBytes: settled.wasmBytes, heapBytes, scrolling };
    } finally {
      servers.front.line = undefined;
      await tab.close();
    }
  }

  /** Waits until the page asks for nothing more. */
  async #rest() {
    const { log } = this.servers;
    const limit = Date.now() + REST_LIMIT_MS;
    for (;;) {
      const before = log.entries.length;
      const isBusy = log.entries.some(({ ended }) => ended === undefined);
      await new Promise((done) => { setTimeout(done, REST_MS); });
      if ((!isBusy && log.entries.length === before) || Date.now() > limit) return;
    }
  }
}

/** Scrolls as soon as the first row is there. */
async function scrolledAtOnce(tab) {
  await tab.waitForFunction(() => window.hasBegun, { polling: 'raf', timeout: VISIT_LIMIT_MS });
  await tab.mouse.move(540, 400);
  for (const deltaY of WHEEL) await tab.mouse.wheel({ deltaY });
}

/** Scrolls with the mouse wheel; the longest task of the page's thread meanwhile, in milliseconds. */
async function scrolled(tab) {
  await tab.mouse.move(540, 400);
  await tab.tracing.start({ categories: TRACED });
  for (const deltaY of WHEEL) await tab.mouse.wheel({ deltaY });
  await tab.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  return longestTask(JSON.parse(Buffer.from(await tab.tracing.stop()).toString()));
}

/** Bytes of JavaScript in use, of the page and its host, after a garbage collection. */
async function heap(tab) {
  const session = await tab.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** What the servers say about a visit. */
function summary(entries, { origin, inserted, all, tokenAt, first }, count) {
  const begun = origin + inserted;
  const ofSite = entries.filter(({ party }) => party === 'site');
  const sum = (some) => some.reduce((bytes, entry) => bytes + entry.bytes, 0);
  const listings = entries.filter(({ party, kind }) => party === 'graph' && kind === 'listing');
  return {
    bytesBefore: sum(ofSite.filter(({ at }) => at < begun)),
    bytesInAll: sum(ofSite),
    files: ofSite.map(({ path, bytes, at, status }) => ({ path, bytes, status, isBefore: at < begun })),
    graphBytes: sum(entries.filter(({ party }) => party === 'graph')),
    listingRequests: listings.length,
    graphRequests: entries.filter(({ party, kind }) => party === 'graph' && kind !== 'preflight' && kind !== 'thumbnail').length,
    graphPaths: entries.filter(({ party, kind }) => party === 'graph' && kind !== 'thumbnail')
      .map(({ method, path, at, ended, status }) => ({ method, path, status, at: at - origin, ended: ended && ended - origin })),
    thumbnails: thumbnailsAsked(entries),
    // The row count must not run ahead of the rows.
    isComplete: listings.filter(({ ended }) => ended !== undefined && ended < origin + all).length >= Math.ceil(count / 1_000),
    missing: ofSite.filter(({ status }) => status === 404).map(({ path }) => path),
    afterToken: tokenAt === undefined ? undefined : origin + first - tokenAt,
  };
}

/** The site's files that a page asked for twice: of the server, or of the browser, whose cache may have answered. */
function repeated(entries, resources, siteOrigin) {
  const served = entries.filter(({ party, kind, status }) => party === 'site' && kind === 'asset' && status === 200).map(({ path }) => path);
  const asked = resources.filter(({ name }) => name.startsWith(`${siteOrigin}/`)).map(({ name }) => new URL(name).pathname);
  const twice = (paths) => paths.filter((path, at) => paths.indexOf(path) !== at);
  return [...new Set([...twice(served), ...twice(asked)])];
}

/** For how many items a thumbnail was asked for, alone or in a batch. */
function thumbnailsAsked(entries) {
  const single = entries.filter(({ kind, path, method }) => kind === 'thumbnail' || (method === 'GET' && /\/thumbnails/.test(path)));
  const inBatch = entries.filter(({ kind }) => kind === 'batch').reduce((sum, { parts = 0 }) => sum + parts, 0);
  return Math.max(single.length, inBatch);
}

async function within(limitMs, promise, message) {
  let timer;
  const limit = new Promise((_, failed) => { timer = setTimeout(() => failed(new Error(message)), limitMs); });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
