// Follows the state of entries: one call for up to a hundred of them, read from Kaltura's database, not from its index.
import type { KalturaClient } from './client.js';
import type { Environment } from './environment.js';
import type { KalturaEntry } from './types.js';

const DEFAULT_FIRST_LOOK_MS = 5_000;
const ENTRIES_PER_CALL = 100;
/** Looks while something happens are twice as far apart as the first one, and at the most six times. */
const BUSY_FACTOR = 2;
const IDLE_FACTOR = 6;
const GROWTH = 1.5;
/** An entry that Kaltura leaves out twice is gone. */
const MISSES_TO_BE_GONE = 2;

const DELETED = 3;

interface Watched {
  lastStatus?: string;
  misses: number;
  /** Told each state; returns whether the entry needs no further look. */
  onEntry(entry: KalturaEntry): boolean;
  resolve(): void;
  reject(error: unknown): void;
}

export class EntryWatcher {
  private readonly watched = new Map<string, Watched>();
  private isRunning = false;
  private nextLook = 0;
  private lastLook = -Infinity;
  private interval: number;

  constructor(
    private readonly client: KalturaClient,
    private readonly environment: Environment,
    private readonly firstLookMs = DEFAULT_FIRST_LOOK_MS,
  ) {
    this.interval = firstLookMs;
  }

  /** Calls `onEntry` with what Kaltura says about the entry, again and again, until it returns true. */
  follow(entryId: string, onEntry: Watched['onEntry']): Promise<void> {
    return new Promise((resolve, reject) => {
      this.watched.set(entryId, { misses: 0, onEntry, resolve, reject });
      const { firstLookMs } = this;
      const soon = Math.max(this.environment.now() + firstLookMs, this.lastLook + firstLookMs * BUSY_FACTOR);
      this.nextLook = this.isRunning ? Math.min(this.nextLook, soon) : soon;
      if (!this.isRunning) this.run();
    });
  }

  /** Looks while there is something to look at. */
  private async run() {
    this.isRunning = true;
    while (this.watched.size > 0) {
      const missing = this.nextLook - this.environment.now();
      // In short steps, because a new entry may bring the next look forward.
      if (missing > 0) await this.environment.wait(Math.min(missing, this.firstLookMs));
      else await this.lookAtAll();
    }
    this.isRunning = false;
  }

  private async lookAtAll() {
    this.lastLook = this.environment.now();
    const ids = [...this.watched.keys()];
    let isBusy = false;
    for (let start = 0; start < ids.length; start += ENTRIES_PER_CALL) {
      const some = ids.slice(start, start + ENTRIES_PER_CALL);
      try {
        const entries = await this.client.read<KalturaEntry[]>({ service: 'baseEntry', action: 'getByIds', entryIds: some.join(',') });
        const byId = new Map(entries.map((entry) => [entry.id, entry]));
        for (const id of some) isBusy = this.tell(id, byId.get(id)) || isBusy;
      } catch (error) {
        for (const id of some) this.end(id, error);
      }
    }
    const { firstLookMs } = this;
    this.interval = isBusy ? firstLookMs * BUSY_FACTOR : Math.min(this.interval * GROWTH, firstLookMs * IDLE_FACTOR);
    this.nextLook = this.environment.now() + this.interval;
  }

  /** Passes one state on; says whether something has happened. */
  private tell(id: string, found: KalturaEntry | undefined): boolean {
    const watched = this.watched.get(id);
    if (!watched) return false;
    watched.misses = found ? 0 : watched.misses + 1;
    if (!found && watched.misses < MISSES_TO_BE_GONE) return false;
    const entry = found ?? { id, status: DELETED };
    const isNew = watched.lastStatus !== String(entry.status);
    watched.lastStatus = String(entry.status);
    try {
      if (watched.onEntry(entry)) this.end(id);
    } catch (error) {
      this.end(id, error);
    }
    return isNew;
  }

  private end(id: string, error?: unknown) {
    const watched = this.watched.get(id);
    this.watched.delete(id);
    if (error === undefined) watched?.resolve();
    else watched?.reject(error);
  }
}
