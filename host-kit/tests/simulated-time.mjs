// A clock that stands still while anything is going on and then jumps to the next timer: no test waits in real time.
import { setImmediate as afterEvents } from 'node:timers/promises';

const START_MS = Date.UTC(2026, 0, 15, 12);

/** Enough turns of the event loop for promises and for answers within this process. */
const TURNS_UNTIL_QUIET = 3;

/** A random number generator with a seed, so that a run can be repeated. */
export const seededRandom = (seed) => {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export class SimulatedClock {
  constructor(start = START_MS) {
    this.time = start;
    this.timers = new Set();
  }

  /** The environment for the import: this clock, seeded randomness and the given `fetch`. */
  environment(fetch, seed = 1) {
    return { now: () => this.time, wait: (milliseconds, signal) => this.wait(milliseconds, signal), random: seededRandom(seed), fetch };
  }

  wait(milliseconds, signal) {
    return new Promise((resolve) => {
      const timer = { at: this.time + milliseconds, resolve };
      this.timers.add(timer);
      signal?.addEventListener('abort', () => {
        this.timers.delete(timer);
        resolve();
      });
    });
  }

  nextTimer() {
    return Math.min(Infinity, ...[...this.timers].map(({ at }) => at));
  }

  moveTo(time) {
    this.time = Math.max(this.time, time);
    for (const timer of [...this.timers].filter(({ at }) => at <= this.time).sort((one, other) => one.at - other.at)) {
      this.timers.delete(timer);
      timer.resolve();
    }
  }

  /** Lets time pass until the promise is settled, or for so long. */
  async run(promise, { limitMs = 48 * 3_600_000 } = {}) {
    let isSettled = false;
    const settle = () => { isSettled = true; };
    promise?.then(settle, settle);
    const end = this.time + limitMs;
    while (!isSettled) {
      for (let turn = 0; turn < TURNS_UNTIL_QUIET; turn++) await afterEvents();
      if (isSettled) break;
      const next = this.nextTimer();
      if (next > end) {
        if (promise && next === Infinity) {
          // Something that is not ours goes on, such as a module that loads.
          await new Promise((resolve) => { setTimeout(resolve, 1); });
          continue;
        }
        this.moveTo(end);
        break;
      }
      this.moveTo(next);
    }
    return promise && isSettled ? promise : undefined;
  }
}

/** A store that behaves like localStorage: what it holds are its own properties. */
export const memoryStorage = () => Object.create({
  getItem(key) { return this[key] ?? null; },
  setItem(key, value) { this[key] = String(value); },
  removeItem(key) { delete this[key]; },
});
