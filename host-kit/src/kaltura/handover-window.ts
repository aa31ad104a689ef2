// How many files Kaltura downloads at a time. Its workers are few, and a link that waits for one gets old: so only as many
// files are handed over as are taken within minutes.
import type { Environment } from './environment.js';

const DEFAULT_SIZE = 20;
const SMALLEST_SIZE = 4;
/** Kaltura runs at most so many import jobs of one account at a time (configurations/base.ini, max_jobs_for_partner). */
const LARGEST_SIZE = 50;
const QUICK_MS = 60_000;
const SLOW_MS = 10 * 60_000;
/** One slow spell makes the window smaller once. */
const SHRINK_PAUSE_MS = 5 * 60_000;

export class HandoverWindow<Member> {
  private readonly inside = new Map<Member, number>();
  private readonly waiting: { member: Member; enter(): void }[] = [];
  private shrunkAt = -Infinity;

  constructor(private readonly environment: Environment, private size = DEFAULT_SIZE) {}

  /** Resolves when there is room, first come first served. */
  enter(member: Member): Promise<void> {
    return new Promise((enter) => {
      this.waiting.push({ member, enter });
      this.admit();
    });
  }

  /** Notes that Kaltura has the link now: from here on counts how long the download takes. */
  handedOver(member: Member): void {
    if (this.inside.has(member)) this.inside.set(member, this.environment.now());
  }

  /** The download is over, well or not. Once more does nothing. */
  leave(member: Member, isWell = true): void {
    const since = this.inside.get(member);
    if (since === undefined) return;
    this.inside.delete(member);
    this.adapt(this.environment.now() - since, isWell);
    this.admit();
  }

  private adapt(tookMs: number, isWell: boolean) {
    const now = this.environment.now();
    // Two more for each window full of quick files: those that wait now show only later whether it was too much.
    if (isWell && tookMs < QUICK_MS) this.size = Math.min(LARGEST_SIZE, this.size + 2 / this.size);
    else if ((!isWell || tookMs > SLOW_MS) && now - this.shrunkAt > SHRINK_PAUSE_MS) {
      this.shrunkAt = now;
      this.size = Math.max(Math.min(SMALLEST_SIZE, this.size), Math.floor(this.size / 2));
    }
  }

  private admit() {
    while (this.inside.size < Math.floor(this.size)) {
      const next = this.waiting.shift();
      if (!next) return;
      this.inside.set(next.member, this.environment.now());
      next.enter();
    }
  }
}
