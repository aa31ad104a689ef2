// Looks for entries: those of an earlier import of the same file, and the one that an `add` without an answer may have made.
//
// What the server does, and why the filters are as they are: a list shows only READY entries that no moderator has to see
// unless other states are named; with a reference in the filter it shows everybody's entries, unless a user is named.
// github.com/kaltura/server: KalturaBaseEntryFilter.php, KalturaEntryService.php.
import type { KalturaClient } from './client.js';
import type { Environment } from './environment.js';
import { FileFailure } from './failure.js';
import { fileMark, isEntryOfOtherJob, markOf } from './job.js';
import type { Job } from './job.js';
import type { EarlierEntry, KalturaEntry } from './types.js';

const ALL_MODERATION_STATES = '1,2,3,5,6';
/** Importing, converting, ready, pending, in moderation. An empty entry is no duplicate. */
const STATES_WITH_CONTENT = '0,1,2,4,5';
/** An entry without content, or a draft that Kaltura calls ready. */
const STATES_OF_NEW_ENTRIES = '2,7';
const REFERENCES_PER_LIST = 50;
const MAX_PAGE_SIZE = 500;
/** The clocks of the browser and of Kaltura may differ; what was made is known by its mark, not by its time. */
const CLOCK_TOLERANCE_SECONDS = 2 * 24 * 60 * 60;
/** So long a look waits for other files to share it. */
const COLLECT_MS = 20;

interface ListAnswer {
  objects?: KalturaEntry[];
}

export class EntrySearch {
  private userId?: Promise<string | undefined>;
  private byReference?: Promise<Map<string, KalturaEntry[]>>;
  private readonly looks = new Map<string | undefined, Promise<KalturaEntry[]>>();

  /** `includeOthers`: whether other people's entries of the same files are of interest. */
  constructor(
    private readonly client: KalturaClient,
    private readonly environment: Environment,
    private readonly jobs: readonly Job[],
    private readonly includeOthers: boolean,
  ) {}

  /** The session's user; undefined if Kaltura does not tell. */
  ownUserId(): Promise<string | undefined> {
    this.userId ??= this.client.read<{ id?: string }>({ service: 'user', action: 'get' })
      .then(({ id }) => id, (error) => {
        if (error instanceof FileFailure && error.code !== 'session_ended' && error.code !== 'no_answer') return undefined;
        this.userId = undefined;
        throw error;
      });
    return this.userId;
  }

  /**
   * Entries that may be of the job's file, made earlier or by others; the surest first. Without an owner only those of this
   * page are known: a list would show strangers' entries as well.
   */
  async earlierEntries(job: Job, owner: string | undefined): Promise<EarlierEntry[]> {
    const { file } = job;
    const fromThisPage = await this.entryFromThisPage(job);
    const [byReference, byName] = owner === undefined ? [[], []] : await Promise.all([
      this.entriesWithReferenceOf(job), this.list({ nameEqual: file.name, userIdEqual: owner }),
    ]);
    const all = new Map<string, KalturaEntry>();
    for (const entry of [...byReference, ...byName, ...fromThisPage]) all.set(entry.id, entry);
    const found = [...all.values()].map((entry): EarlierEntry => {
      const isSame = entry.referenceId === file.referenceId || carries(entry, fileMark(job)) || fromThisPage.includes(entry);
      return { entry, match: isSame ? 'reference' : 'name', own: entry.userId === owner || fromThisPage.includes(entry) };
    });
    return found
      .filter(({ entry, match }) => match === 'reference' || entry.name === file.name)
      .filter(({ own, match }) => own || (this.includeOthers && match === 'reference'))
      .sort((one, other) => rank(one) - rank(other));
  }

  /** The entry that an `add` of this job has made although no answer came. No other entry is ever taken for it. */
  async entryMadeFor(job: Job, owner: string | undefined): Promise<KalturaEntry | undefined> {
    const entries = await this.look(owner);
    return entries.find((entry) => entry.partnerData === markOf(job))
      ?? entries.find((entry) => isProbablyMadeFor(job, entry) && !isEntryOfOtherJob(job, entry.id));
  }

  /** All recent entries; jobs that look at the same time share one list. */
  private look(owner: string | undefined): Promise<KalturaEntry[]> {
    const shared = this.looks.get(owner);
    if (shared) return shared;
    const look = this.environment.wait(COLLECT_MS).then(() => {
      this.looks.delete(owner);
      const since = Math.floor(this.environment.now() / 1000) - CLOCK_TOLERANCE_SECONDS;
      return this.list({ statusIn: STATES_OF_NEW_ENTRIES, createdAtGreaterThanOrEqual: since, userIdEqual: owner, orderBy: '-createdAt' });
    });
    this.looks.set(owner, look);
    return look;
  }

  /** The database knows what the index may not know yet. */
  private async entryFromThisPage({ entryOfEarlierImport }: Job): Promise<KalturaEntry[]> {
    if (!entryOfEarlierImport) return [];
    const entries = await this.client.read<KalturaEntry[]>({ service: 'baseEntry', action: 'getByIds', entryIds: entryOfEarlierImport.id });
    return entries.filter(({ status }) => STATES_WITH_CONTENT.split(',').includes(String(status)));
  }

  private async entriesWithReferenceOf({ file }: Job): Promise<KalturaEntry[]> {
    this.byReference ??= this.listByReference();
    this.byReference.catch(() => { this.byReference = undefined; });
    return (await this.byReference).get(file.referenceId) ?? [];
  }

  /** Entries of all files of the import that carry their references, in a few lists. */
  private async listByReference(): Promise<Map<string, KalturaEntry[]>> {
    const references = this.jobs.filter(({ isDecided }) => !isDecided).map(({ file }) => file.referenceId).filter((id) => !id.includes(','));
    const userIdEqual = this.includeOthers ? undefined : await this.ownUserId();
    const found = new Map<string, KalturaEntry[]>();
    for (let start = 0; start < references.length; start += REFERENCES_PER_LIST) {
      const referenceIdIn = references.slice(start, start + REFERENCES_PER_LIST).join(',');
      for (const entry of await this.list({ referenceIdIn, userIdEqual })) {
        const reference = entry.referenceId ?? '';
        found.set(reference, [...(found.get(reference) ?? []), entry]);
      }
    }
    return found;
  }

  private async list(filter: { [member: string]: unknown }): Promise<KalturaEntry[]> {
    const answer = await this.client.read<ListAnswer>({
      service: 'baseEntry',
      action: 'list',
      filter: { objectType: 'KalturaBaseEntryFilter', statusIn: STATES_WITH_CONTENT, moderationStatusIn: ALL_MODERATION_STATES, ...filter },
      pager: { objectType: 'KalturaFilterPager', pageSize: MAX_PAGE_SIZE },
    });
    return answer.objects ?? [];
  }
}

const carries = ({ partnerData }: KalturaEntry, mark: string) => typeof partnerData === 'string' && partnerData.startsWith(`${mark}/`);

/** Own before others', sure before unsure, ready before unfinished. */
const rank = ({ entry, match, own }: EarlierEntry) => (own ? 0 : 4) + (match === 'reference' ? 0 : 2) + (Number(entry.status) === 2 ? 0 : 1);

/** Where an entry carries no mark: the name, and that it was not there before, say whose it is. */
const isProbablyMadeFor = (job: Job, { id, name, partnerData, referenceId }: KalturaEntry) => {
  if (partnerData || job.entriesBefore.has(id) || job.file.name === undefined) return false;
  return name === job.file.name && (referenceId === undefined || referenceId === job.file.referenceId);
};
