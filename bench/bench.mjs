/**
 * @file The picker beside other pickers, in one run; `cargo xtask bench` prepares what it needs and starts it.
 *
 * node bench.mjs --dist DIR --chrome FILE --packages DIR [--peers DIR --esbuild DIR] [--rounds N] [--only TEXT] [--out DIR] [--docs DIR]
 * node bench.mjs --check --dist DIR --chrome FILE --packages DIR
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { check } from './src/checks.mjs';
import { CONDITIONS } from './src/conditions.mjs';
import { isWhole, measured, renewed } from './src/document.mjs';
import { plot } from './src/plot.mjs';
import * as report from './src/report.mjs';
import { Servers } from './src/servers.mjs';
import { launch, Visitor } from './src/visit.mjs';

const text = { type: 'string' };
const { values: options } = parseArgs({
  options: {
    dist: text, chrome: text, packages: text, peers: text, esbuild: text, rounds: { ...text, default: '7' }, only: text, out: text, docs: text,
    check: { type: 'boolean', default: false },
  },
});
const load = () => loadavg()[0].toFixed(1);

/** Visits every page under every condition, round by round, so that what disturbs disturbs all. */
async function measure(visitor, conditions, rounds, afterRound) {
  const results = {};
  // A round that does not count fills the caches of the disk and makes Graph's answers.
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, pages, times = 1, conditions: under } of conditions) {
      if (round < 0 && (under.line || under.cpu || under.delayMs)) continue;
      const available = pages.filter((page) => options.peers || ['vanilla', 'picker'].includes(page));
      // Another page is the first one in each round.
      const turned = available.map((_, at) => available[(at + Math.max(round, 0)) % available.length]);
      for (const page of turned) {
        const visits = await twice(() => visitor.visits(page, under, times), `${page}, ${name}`);
        if (round >= 0) ((results[name] ??= {})[page] ??= []).push(visits);
      }
    }
    console.log(round < 0 ? 'warmed up' : `round ${round + 1} of ${rounds}, load ${load()}`);
    if (round >= 0) await afterRound(results, round + 1);
  }
  return results;
}

/** Tries once more, so that one lost connection does not cost a run of half an hour. A page that fails twice fails it. */
async function twice(work, name) {
  try {
    return await work();
  } catch (error) {
    console.log(`${name}: ${error.message}; again`);
    return work();
  }
}

/** What a reader needs to know about the machine. */
async function describeMachine(browser, loadBefore) {
  return {
    date: new Date().toISOString().slice(0, 10), browser: await browser.version(), node: process.versions.node,
    processors: cpus().length, processor: cpus()[0]?.model ?? 'unknown', loadBefore, loadAfter: load(),
  };
}

/** Leaves the results so far, so that a run that is broken off is not lost. */
async function keep({ results, rounds, about }) {
  if (!options.out) return;
  await mkdir(options.out, { recursive: true });
  await writeFile(join(options.out, 'performance.json'), JSON.stringify({ rounds, about, results }));
  await writeFile(join(options.out, 'performance.md'), measured({ results, rounds, about }));
  await writeFile(join(options.out, 'performance.svg'), plot(results));
}

/** Prints the tables, and renews the document if everything was measured. */
async function present({ results, rounds, about }) {
  const part = measured({ results, rounds, about });
  console.log(`\n${report.figures(results)}\n\n${report.further(results)}\n`);
  if (options.docs && isWhole(results)) {
    const file = join(options.docs, 'performance.md');
    await writeFile(file, renewed(await readFile(file, 'utf8'), part));
    await writeFile(join(options.docs, 'performance.svg'), plot(results));
    console.log(`${file} is up to date`);
  }
}

const servers = new Servers();
let browser;
try {
  const loadBefore = load();
  await servers.start({ dist: options.dist, peers: options.peers && { packages: options.peers, esbuild: options.esbuild } });
  browser = await launch(options);
  const visitor = new Visitor(browser, servers);
  if (options.check) {
    const { passed, failed } = await check(visitor);
    console.log(`# pass ${passed}\n# fail ${failed.length}`);
    process.exitCode = failed.length ? 1 : 0;
  } else {
    const rounds = Number(options.rounds);
    const chosen = CONDITIONS.filter(({ name, words }) => !options.only || name.includes(options.only) || words.includes(options.only));
    if (!chosen.length) throw new Error(`--only ${options.only}: there are ${CONDITIONS.map(({ name }) => name).join(', ')}`);
    const afterRound = async (results, round) => keep({ results, rounds: round, about: await describeMachine(browser, loadBefore) });
    const results = await measure(visitor, chosen, rounds, afterRound);
    await present({ results, rounds, about: await describeMachine(browser, loadBefore) });
  }
} finally {
  await browser?.close();
  await servers.stop();
}
