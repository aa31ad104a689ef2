// Links that need no token end within the hour, so each is fetched anew just before it is handed over.
import type { Environment } from './environment.js';
import type { Job } from './job.js';
import type { ImportPicker } from './types.js';

/** A younger link is as good as a new one. */
const FRESH_LINK_MS = 60_000;
/** So long a file waits for others to share a request to the picker. */
const COLLECT_MS = 20;

export class Links {
  private collecting: Job[] = [];
  private refreshing?: Promise<void>;

  constructor(private readonly picker: ImportPicker | undefined, private readonly environment: Environment) {}

  /** How old a job's link is, in milliseconds. */
  age({ linkSince }: Job): number {
    return this.environment.now() - (linkSince ?? 0);
  }

  /** Makes sure that the link is a fresh one, if the picker is there to give it. */
  async ensureFresh(job: Job): Promise<void> {
    if (!job.link || this.age(job) > FRESH_LINK_MS) await this.renew(job);
  }

  /** Asks for a new link; says whether there is one. */
  async renew(job: Job): Promise<boolean> {
    if (!this.picker) return false;
    const before = job.link;
    const since = job.linkSince;
    this.collecting.push(job);
    this.refreshing ??= this.environment.wait(COLLECT_MS).then(() => this.refresh());
    await this.refreshing;
    return job.link !== before || job.linkSince !== since;
  }

  private async refresh() {
    const asked = this.collecting;
    this.collecting = [];
    this.refreshing = undefined;
    const links = await this.picker?.refreshLinks(asked.map(({ file }) => ({ id: file.id, driveId: file.driveId })))
      // The picker has closed, or cannot get any: the old link is all there is.
      .catch(() => []);
    const now = this.environment.now();
    for (const job of asked) {
      const found = links?.find(({ id, driveId }) => id === job.file.id && (driveId === undefined || driveId === job.file.driveId));
      const link = found?.['@microsoft.graph.downloadUrl'];
      if (link) Object.assign(job, { link, linkSince: now });
    }
  }
}
