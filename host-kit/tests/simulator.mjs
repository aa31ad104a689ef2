// Kaltura as the simulator plays it, over HTTP, on one simulated clock for both sides (simulator/README.md, "Controlling Kaltura in tests").
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { setImmediate as afterEvents } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SimulatedClock } from './simulated-time.mjs';

const program = process.env.SIMULATOR ?? fileURLToPath(new URL('../../target/debug/onedrive-simulator', import.meta.url));

/** Why tests that need the simulator are left out, or false. */
export const simulatorIsMissing = !existsSync(program) && '`cargo build -p onedrive-simulator` makes the simulator';

const TURNS_UNTIL_QUIET = 3;
/** The simulator's clock may be behind for so long: the import's shortest waits are no matter to Kaltura. */
const TOLERATED_LAG_MS = 100;

/** The page's clock, moved together with the simulator's. */
class SharedClock extends SimulatedClock {
  constructor(start, call) {
    super(start);
    this.call = call;
    this.simulatorTime = start;
    this.requestsUnderWay = 0;
  }

  wait(milliseconds, signal) {
    return super.wait(Math.ceil(milliseconds), signal);
  }

  /** `fetch` for the import. */
  get fetch() {
    return async (url, init) => {
      this.requestsUnderWay++;
      try {
        const response = await fetch(url, init);
        // All of it, so that a body that is still on its way counts as under way.
        return new Response(await response.arrayBuffer(), { status: response.status });
      } finally {
        this.requestsUnderWay--;
        if (this.requestsUnderWay === 0) this.answered?.();
      }
    };
  }

  /** Waits until each request is answered or waits for the clock; says when the simulator's next event is. */
  async quiet() {
    for (;;) {
      for (let turn = 0; turn < TURNS_UNTIL_QUIET; turn++) await afterEvents();
      if (this.requestsUnderWay === 0) return Infinity;
      // Most are answered at once; only then is the clock asked what the others wait for.
      await new Promise((resolve) => { setTimeout(resolve, 2); this.answered = resolve; });
      if (this.requestsUnderWay === 0) continue;
      const { next, held } = await this.call('GET', 'clock');
      if (held >= this.requestsUnderWay) return next ?? Infinity;
    }
  }

  async run(promise, { limitMs = 48 * 3_600_000 } = {}) {
    let isSettled = false;
    const settle = () => { isSettled = true; };
    promise?.then(settle, settle);
    const end = this.time + limitMs;
    while (!isSettled) {
      const next = Math.min(await this.quiet(), this.nextTimer());
      if (isSettled) break;
      if (next === Infinity && promise) await new Promise((resolve) => { setTimeout(resolve, 1); });
      else {
        const time = Math.min(next, end);
        if (this.requestsUnderWay > 0 || time - this.simulatorTime > TOLERATED_LAG_MS) {
          await this.call('POST', 'clock/advance', { to: time });
          this.simulatorTime = time;
        }
        this.moveTo(time);
        if (next >= end) break;
      }
    }
    return promise && isSettled ? promise : undefined;
  }
}

/** Starts the simulator. Stop it at the end. */
export const startSimulator = async () => {
  const child = spawn(program, ['--for-tests'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (text) => resolve([text]));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  const addresses = JSON.parse(line);
  const agent = new Agent({ keepAlive: true });
  // Plain requests: the clock is moved thousands of times.
  const call = (method, path, body) => new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    const sent = request(`${addresses.control}/${path}`, { method, agent, headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (part) => { answer += part; });
      response.on('end', () => {
        if (response.statusCode >= 300) reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`));
        else resolve(answer ? JSON.parse(answer) : undefined);
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
  const simulator = {
    ...addresses, call,
    stop() {
      agent.destroy();
      child.stdin.end();
    },
    /** Forgets everything and starts anew, with these switches and faults of calls. */
    async begin({ switches = {}, calls = [], imports } = {}) {
      await call('POST', 'reset');
      if (Object.keys(switches).length > 0) await call('PUT', 'kaltura/switches', switches);
      if (calls.length > 0 || imports) await call('PUT', 'kaltura/faults', { calls, imports });
      const { now } = await call('GET', 'clock');
      return new SharedClock(now, call);
    },
    async session(kind) {
      return (await call('POST', 'kaltura/sessions', { session: kind })).ks;
    },
    entries: () => call('GET', 'kaltura/entries'),
    calls: () => call('GET', 'kaltura/calls'),
    links: (files, lifetimeSeconds = 3600) => call('POST', 'links', { files, lifetimeSeconds }),
  };
  return simulator;
};

let runs = 0;

/** Picked items whose links are the simulator's, and the picker that gives fresh ones. */
export const pickFrom = async (simulator, count, { lifetimeSeconds = 3600, more = () => ({}) } = {}) => {
  const run = `${process.pid}R${++runs}`;
  const items = Array.from({ length: count }, (_, index) => ({
    id: `ITEM${run}X${index}`,
    name: `Lecture ${run}-${index}.mp4`,
    size: 50_000,
    parentReference: { driveId: 'b!drive' },
    kaltura: { mediaType: 1, name: `Lecture ${run}-${index}`, referenceId: `ITEM${run}X${index}` },
    ...more(index),
  }));
  const kindOf = { 1: 'video', 2: 'image', 5: 'audio' };
  const fresh = async (wanted) => {
    const files = wanted.map(({ id }) => ({ id, size: 50_000, kind: kindOf[items.find((item) => item.id === id)?.kaltura?.mediaType] ?? 'document' }));
    return simulator.links(files, lifetimeSeconds);
  };
  const links = await fresh(items);
  items.forEach((item, index) => { item['@microsoft.graph.downloadUrl'] = links[index]; });
  const picker = {
    told: [],
    progress(states) { this.told.push(states.map((state) => ({ ...state }))); },
    async refreshLinks(wanted) {
      const given = await fresh(wanted);
      return wanted.map(({ id, driveId }, index) => ({ id, driveId, '@microsoft.graph.downloadUrl': given[index] }));
    },
  };
  return { items, picker };
};
