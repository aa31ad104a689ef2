// One file of this page on its way, and what a reload may not forget about it.
import type { PickedItem } from '../types.js';
import { linkOf, nameOf } from './entry.js';
import type { KalturaEntry, ImportFile } from './types.js';

const RECORD_PREFIX = 'onedrive-import:';

/** Everything that is known about one file. A file has one job, however many imports ask for it. */
export interface Job {
  /** The key of its record: the drive and the id. */
  readonly key: string;
  readonly item: PickedItem;
  readonly file: ImportFile;
  /** Random, and part of the entry: an entry with it was made for this job and for nothing else. */
  nonce: string;
  /** The link, and since when we have it, in milliseconds. */
  link?: string;
  linkSince?: number;
  /** When an `add` was sent that may have been carried out although no answer came; in milliseconds. */
  addSentAt?: number;
  /** Of entries with this name that were there before the `add`, so that they are not taken for its result. */
  readonly entriesBefore: Set<string>;
  /** The person's own entry of an earlier import in this page: known before Kaltura's index knows it. */
  entryOfEarlierImport?: KalturaEntry;
  /** Whether this person has been asked about duplicates, or need not be. */
  isDecided: boolean;
  /** The entry is one that Kaltura calls ready although it is empty. */
  isReadyDraft: boolean;
  /** The content, or the link to it, was sent and no answer came. */
  isContentUncertain: boolean;
  /** The entry's import or conversion has failed: a next attempt replaces the entry. */
  isReplaced: boolean;
  /** The import that brings the file. */
  running?: Promise<void>;
}

interface JobRecord {
  id: string;
  driveId?: string;
  entryId?: string;
  handedOver?: boolean;
  nonce: string;
  addSentAt?: number;
  isReadyDraft?: boolean;
  kaltura: { mediaType?: 1 | 2 | 5 | null; referenceId: string };
}

/** The jobs of this page, by their keys. */
const jobs = new Map<string, Job>();

/** Whether an entry is another job's. */
export const isEntryOfOtherJob = (job: Job, entryId: string): boolean =>
  [...jobs.values()].some((other) => other !== job && other.file.entryId === entryId);

const makeNonce = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The same for a file in every browser: what an entry says about the file that it was made from. */
const fingerprint = (text: string): string => {
  // FNV-1a with 64 bits.
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
};

/** The part of a mark that says which file it is. */
export const fileMark = (job: Job): string => `onedrive-picker/${fingerprint(job.key)}`;

/** After this the job's next entry is another than its last one. */
export const renewNonce = (job: Job) => {
  job.nonce = makeNonce();
};

/** What an entry of this job carries in `partnerData`, which every session may set and read. */
export const markOf = (job: Job): string => `${fileMark(job)}/${job.nonce}`;

const isOver = ({ file }: Job) => file.state === 'ready' || file.state === 'failed';

/** The job of an item: the one under way, the one that failed or that an earlier page left unfinished, or a new one. */
export const jobFor = (item: PickedItem, storage: Storage | undefined, now: number, isResumed = false): Job => {
  const driveId = item.driveId as string | undefined ?? item.parentReference?.driveId;
  const key = `${RECORD_PREFIX}${driveId}:${item.id}`;
  const known = jobs.get(key);
  const job = known && known.file.state !== 'ready' ? known : makeJob(key, item, driveId, known);
  const record = known ? undefined : recordOf(key, storage);
  if (record) continueFrom(job, record);
  // It was with Kaltura already when an earlier page was left: what is picked now is picked once more.
  if (record?.handedOver && !isResumed) Object.assign(job, { entryOfEarlierImport: { id: record.entryId }, isDecided: false, nonce: makeNonce() });
  if (record?.handedOver && !isResumed) Object.assign(job.file, { entryId: undefined, handedOver: false });
  const link = linkOf(item);
  if (link && link !== job.link) Object.assign(job, { link, linkSince: now });
  if (job.file.state === 'failed') job.file.state = 'queued';
  jobs.set(key, job);
  return job;
};

const makeJob = (key: string, item: PickedItem, driveId: string | undefined, finished: Job | undefined): Job => ({
  key,
  item,
  file: { id: item.id, driveId, name: nameOf(item), referenceId: item.kaltura?.referenceId ?? item.id, state: 'queued', handedOver: false },
  nonce: makeNonce(),
  entriesBefore: new Set(),
  entryOfEarlierImport: finished?.file.entryId
    ? { id: finished.file.entryId, name: finished.file.name, status: 2, referenceId: finished.file.referenceId } : undefined,
  isDecided: false,
  isReadyDraft: false,
  isContentUncertain: false,
  isReplaced: false,
});

const storageOf = (storage: Storage | undefined): Storage | undefined => {
  try {
    return storage ?? localStorage;
  } catch {
    // Forbidden: the import works, but a reload forgets it.
    return undefined;
  }
};

/** Keeps what is needed after a reload: ids, no link, no session. Nothing is kept of a file that is over, except after the end of a session. */
export const remember = (job: Job, storage: Storage | undefined) => {
  const { file, nonce, addSentAt, isReadyDraft, item } = job;
  const { id, driveId, entryId, handedOver, referenceId } = file;
  try {
    if (isOver(job) && file.error?.code !== 'session_ended') return storageOf(storage)?.removeItem(job.key);
    const record: JobRecord = { id, driveId, entryId, handedOver, nonce, addSentAt, isReadyDraft, kaltura: { mediaType: item.kaltura?.mediaType, referenceId } };
    storageOf(storage)?.setItem(job.key, JSON.stringify(record));
  } catch { /* Full or forbidden, as above. */ }
};

const recordOf = (key: string, storage: Storage | undefined): JobRecord | undefined => {
  try {
    return JSON.parse(storageOf(storage)?.getItem(key) ?? 'null') ?? undefined;
  } catch {
    // As above, or not one of ours.
    return undefined;
  }
};

const continueFrom = (job: Job, record: JobRecord) => {
  job.nonce = record.nonce ?? job.nonce;
  job.isReadyDraft = record.isReadyDraft ?? false;
  job.isDecided = true;
  // The page may have been left before an answer came.
  job.isContentUncertain = true;
  job.addSentAt = record.entryId ? undefined : record.addSentAt ?? 0;
  Object.assign(job.file, { entryId: record.entryId, handedOver: record.handedOver ?? false });
};

/** The jobs that earlier pages of this site left unfinished. */
export const unfinishedJobs = (storage: Storage | undefined, now: number): Job[] => {
  const found: Job[] = [];
  try {
    const store = storageOf(storage);
    for (const key of Object.keys(store ?? {})) {
      if (!key.startsWith(RECORD_PREFIX)) continue;
      const record = recordOf(key, storage);
      if (record) found.push(jobFor({ id: record.id, driveId: record.driveId, kaltura: record.kaltura }, storage, now, true));
    }
  } catch { /* As above. */ }
  return found;
};
