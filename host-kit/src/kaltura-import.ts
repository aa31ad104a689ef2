// Imports picked OneDrive files into Kaltura. Guide: docs/embedding.md.
//
// For each file, in this order:
//   1. look whether the person has it in Kaltura already, and ask what to do then;
//   2. wait until Kaltura takes further downloads;
//   3. make an entry (`add`), and never a second one: after a lost answer the entry is sought before another is made;
//   4. give Kaltura a fresh link to download the content from (`addContent`);
//   5. follow the entry until it is ready or has failed.
// Steps 3 and 4 are requests of their own, so that an entry that is found after a lost answer is certainly empty.
import { backoff } from './kaltura/backoff.js';
import { KalturaClient } from './kaltura/client.js';
import {
  addCall, contentCall, droppedProperties, entryFor, isUnsupportedImage, serviceFor, urlResource,
} from './kaltura/entry.js';
import type { Resource } from './kaltura/entry.js';
import {
  checkNotFailed, isBeingReplaced, isDownloading, isEmpty, isReady, moderationOf, showsContent,
} from './kaltura/entry-state.js';
import { browserEnvironment } from './kaltura/environment.js';
import type { Environment } from './kaltura/environment.js';
import { FileFailure, codeOf } from './kaltura/failure.js';
import { HandoverWindow } from './kaltura/handover-window.js';
import { jobFor, markOf, remember, renewNonce, unfinishedJobs } from './kaltura/job.js';
import type { Job } from './kaltura/job.js';
import { Links } from './kaltura/links.js';
import { EntrySearch } from './kaltura/search.js';
import type { FollowOptions, Import, ImportFile, ImportOptions, ImportWarning, KalturaEntry } from './kaltura/types.js';
import { uploadedResource } from './kaltura/upload.js';
import { EntryWatcher } from './kaltura/watcher.js';

export { safeLink } from './kaltura/entry.js';
export type {
  DuplicateAnswer, EarlierEntry, FollowOptions, Import, ImportFile, ImportOptions, ImportPicker, ImportWarning, KalturaEntry,
} from './kaltura/types.js';

/** Between the looks for an entry whose `add` was not answered: Kaltura's index may lag behind. */
const LOOK_PAUSE_MS = 30_000;
const LOOKS_BEFORE_REPEAT = 2;
/** So often an `add` or a hand-over that gets no answer is tried. */
const ATTEMPTS = 5;
/** Kaltura tries a download three times, five minutes apart: a link of this age may have ended meanwhile. */
const OLD_LINK_MS = 45 * 60_000;
/** Kaltura's own limit for a download. */
const TIME_LIMIT_MS = 13 * 60 * 60_000;
/** So long an entry that was ready from the start may show no content. */
const DRAFT_LIMIT_MS = 30 * 60_000;

const PERCENT_DOWNLOADING = 20;
const PERCENT_CONVERTING = 60;

/** Imports picked items. A file is never imported twice at a time, whoever asks for it. */
export const importIntoKaltura = (options: ImportOptions): Import => {
  const { now } = { ...browserEnvironment, ...options.environment };
  const jobs = options.items.map((item) => jobFor(item, options.storage, now()));
  return new ImportRun(options, [...new Set(jobs)]).asImport();
};

/** Follows what an earlier page of this site left unfinished. Nothing is created by it. */
export const resumeImports = (options: FollowOptions): Import => {
  const { now } = { ...browserEnvironment, ...options.environment };
  return new ImportRun({ ...options, items: [] }, unfinishedJobs(options.storage, now())).asImport();
};

class ImportRun {
  private readonly environment: Environment;
  private readonly client: KalturaClient;
  private readonly search: EntrySearch;
  private readonly links: Links;
  private readonly window: HandoverWindow<Job>;
  private readonly watcher: EntryWatcher;
  private readonly files: ImportFile[];
  private isReporting = false;

  constructor(private readonly options: ImportOptions, private readonly jobs: Job[]) {
    const { picker, onDuplicate, downloadsAtOnce, pollInterval } = options;
    const environment = { ...browserEnvironment, ...options.environment };
    this.environment = environment;
    this.client = new KalturaClient(options, environment, (code) => this.showWait(code));
    this.search = new EntrySearch(this.client, environment, jobs, typeof onDuplicate === 'function');
    this.links = new Links(picker, environment);
    this.window = new HandoverWindow(environment, downloadsAtOnce);
    this.watcher = new EntryWatcher(this.client, environment, pollInterval);
    this.files = jobs.map(({ file }) => file);
  }

  asImport(): Import {
    return Object.assign(this.bringAll(), { files: this.files, retry: (...files: ImportFile[]) => this.retry(files) });
  }

  private async bringAll(): Promise<ImportFile[]> {
    const { signal } = this.options;
    const aborted = new Promise<never>((_, reject) => {
      if (signal?.aborted) reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
    const unfinished = this.jobs.filter(({ file }) => file.state !== 'ready' && file.state !== 'failed');
    await Promise.race([aborted, Promise.all(unfinished.map((job) => this.bringOnce(job)))]);
    this.report();
    return this.files;
  }

  private async retry(files: ImportFile[]): Promise<ImportFile[]> {
    const isMeant = ({ file }: Job) => file.state === 'failed' && (files.length === 0 || files.includes(file));
    for (const job of this.jobs.filter(isMeant)) {
      // A link from before the failure is asked for anew.
      job.linkSince = undefined;
      this.update(job, { state: 'queued', percent: 0, error: undefined });
    }
    return this.bringAll();
  }

  /** A file that another import brings is waited for; if that one was aborted, this one goes on with it. */
  private bringOnce(job: Job): Promise<void> {
    const others = job.running ?? Promise.reject(new Error('nobody brings it'));
    const running = others.catch(() => this.bring(job)).finally(() => {
      if (job.running === running) job.running = undefined;
    });
    job.running = running;
    return running;
  }

  /** One file, until it is ready or has failed. Rejects only with what the page throws, or when the import was aborted. */
  private async bring(job: Job): Promise<void> {
    for (let isSecondAttempt = false; ; isSecondAttempt = true) {
      try {
        return await this.attempt(job);
      } catch (error) {
        this.window.leave(job, false);
        this.checkAborted();
        if (!(error instanceof FileFailure)) throw error;
        // The link may have ended while the file waited for Kaltura: once more, by itself, with a fresh one.
        const mayBeTheLink = error.code === 'ERROR_IMPORTING' && this.links.age(job) > OLD_LINK_MS;
        if (isSecondAttempt || !mayBeTheLink || !(await this.links.renew(job))) return this.fail(job, error.code);
      }
    }
  }

  private async attempt(job: Job): Promise<void> {
    const { file } = job;
    this.checkAborted();
    this.update(job, { state: 'queued', percent: 0, error: undefined });
    if (isUnsupportedImage(job.item)) throw new FileFailure('image_type_not_supported');
    // What the page adds is asked for now, so that an exception of the page comes before any entry.
    const owner = await this.ownerOf(job);
    if (job.isReplaced) await this.removeFailedEntry(job);
    if (!job.isDecided && !file.entryId) await this.decideAboutDuplicates(job, owner);
    if (!file.handedOver) {
      await this.window.enter(job);
      this.checkAborted();
      if (!file.entryId) await this.addEntry(job, owner);
      await this.handOver(job);
      this.window.handedOver(job);
      this.update(job, { handedOver: true, state: 'importing', percent: PERCENT_DOWNLOADING });
    }
    await this.follow(job);
  }

  /** The user whose entry it becomes; undefined if Kaltura does not tell. */
  private async ownerOf(job: Job): Promise<string | undefined> {
    const entry = entryFor(job.item, this.options, job.file.referenceId, markOf(job));
    job.file.name = entry.name as string | undefined ?? job.file.name;
    return entry.userId as string | undefined ?? this.search.ownUserId();
  }

  /** Step 1. A file that is skipped has the entry that is there; it is followed like any other. */
  private async decideAboutDuplicates(job: Job, owner: string | undefined): Promise<void> {
    const { file } = job;
    const { onDuplicate } = this.options;
    const found = await this.search.earlierEntries(job, owner).catch((error: unknown) => {
      if (!(error instanceof FileFailure) || error.code === 'session_ended' || error.code === 'no_answer') throw error;
      // Kaltura does not let this session look.
      if (owner !== undefined) this.warn(job, { code: 'duplicates_unknown' });
      return [];
    });
    this.checkAborted();
    job.isDecided = true;
    if (owner === undefined) this.warn(job, { code: 'duplicates_unknown' });
    for (const { entry } of found) job.entriesBefore.add(entry.id);
    const own = found.filter((one) => one.own);
    const sure = own.filter(({ match }) => match === 'reference');
    let answer = typeof onDuplicate === 'string' ? onDuplicate : undefined;
    if (typeof onDuplicate === 'function' && own.length > 0) {
      // Asked means answered: without an answer, or after an exception, the file is left alone.
      answer = await Promise.resolve().then(() => onDuplicate(file, own.map(({ entry }) => entry), found)).catch(() => 'skip' as const) ?? 'skip';
    }
    const skipped = answer === 'import' ? undefined : typeof onDuplicate === 'function' ? own[0] : sure[0];
    if (skipped) this.update(job, { entryId: skipped.entry.id, duplicate: true, handedOver: true });
    else {
      file.duplicate = undefined;
      const [sameName] = own.filter(({ match }) => match === 'name');
      const [others] = found.filter((one) => !one.own);
      if (sameName && answer !== 'import') this.warn(job, { code: 'same_name', entryId: sameName.entry.id });
      if (others) this.warn(job, { code: 'others_have_it', entryId: others.entry.id });
    }
  }

  /** Step 3. Afterwards the file has an entry of its own, and Kaltura has no second one. */
  private async addEntry(job: Job, owner: string | undefined): Promise<void> {
    const { file, item } = job;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const made = await this.findUnansweredEntry(job, owner);
      this.checkAborted();
      if (made) return this.adopt(job, made);
      if (!job.link && !(await this.links.renew(job))) throw new FileFailure('link_missing');
      const entry = entryFor(item, this.options, file.referenceId, markOf(job));
      job.addSentAt = this.environment.now();
      remember(job, this.options.storage);
      const outcome = await this.client.write(addCall(item.kaltura?.mediaType, entry), attempt > 0);
      if (outcome.kind === 'lost') continue;
      job.addSentAt = undefined;
      if (outcome.kind === 'refused') throw new FileFailure(codeOf(outcome.error));
      const added = outcome.result as KalturaEntry;
      file.warnings = [...file.warnings ?? [], ...droppedProperties(entry, added)];
      return this.adopt(job, added);
    }
    throw new FileFailure('no_answer');
  }

  /** The entry of an `add` that may have been carried out although no answer came. Looks twice, since the index may lag. */
  private async findUnansweredEntry(job: Job, owner: string | undefined): Promise<KalturaEntry | undefined> {
    if (job.addSentAt === undefined) return undefined;
    for (let look = 0; look < LOOKS_BEFORE_REPEAT; look++) {
      this.showWait('no_answer');
      await this.environment.wait(LOOK_PAUSE_MS);
      const found = await this.search.entryMadeFor(job, owner);
      if (found) return found;
    }
    return undefined;
  }

  private adopt(job: Job, entry: KalturaEntry) {
    job.addSentAt = undefined;
    job.isReadyDraft = isReady(entry);
    job.isContentUncertain = false;
    this.update(job, { entryId: entry.id, name: entry.name ?? job.file.name });
  }

  /** Step 4. Afterwards Kaltura has the link, or the bytes. */
  private async handOver(job: Job): Promise<void> {
    const { file, item } = job;
    const entryId = file.entryId ?? '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (job.isContentUncertain && await this.hasContentArrived(job)) return;
      const resource = await this.resourceFor(job);
      this.checkAborted();
      const outcome = await this.client.write(contentCall(item.kaltura?.mediaType, entryId, resource, job.isReadyDraft), attempt > 0);
      if (outcome.kind === 'done') return;
      if (outcome.kind === 'refused') {
        const isThereAlready = /^ENTRY_ALREADY_WITH_CONTENT$|REPLACEMENT_ALREADY/.test(outcome.error.code);
        // Only after a lost answer is this the success of an earlier attempt.
        if (isThereAlready && job.isContentUncertain) return;
        if (job.isReadyDraft) await this.removeEntry(job);
        throw new FileFailure(codeOf(outcome.error));
      }
      job.isContentUncertain = true;
      this.showWait('no_answer');
      await this.environment.wait(backoff(attempt + 1, this.environment));
    }
    throw new FileFailure('no_answer');
  }

  /** Whether the content, or the link to it, has come to Kaltura although no answer came. */
  private async hasContentArrived({ file, isReadyDraft }: Job): Promise<boolean> {
    const [entry] = await this.client.read<KalturaEntry[]>({ service: 'baseEntry', action: 'getByIds', entryIds: file.entryId });
    if (!entry) throw new FileFailure('ENTRY_ID_NOT_FOUND');
    return isReadyDraft ? !isReady(entry) || isBeingReplaced(entry) || showsContent(entry) : !isEmpty(entry);
  }

  private async resourceFor(job: Job): Promise<Resource> {
    const { item } = job;
    const { uploadUpToBytes = 0, serviceUrl } = this.options;
    await this.links.ensureFresh(job);
    if (!job.link) throw new FileFailure('link_missing');
    const isFilm = item.kaltura?.mediaType === 1 || item.kaltura?.mediaType === 5;
    if (!isFilm && item.name && item.size !== undefined && item.size <= uploadUpToBytes) {
      const uploaded = await uploadedResource(job.link, item.name, serviceUrl, this.client, this.environment);
      if (uploaded) return uploaded;
      this.warn(job, { code: 'link_instead_of_upload' });
    }
    return urlResource(job.link);
  }

  /** Step 5. Until the entry is ready; fails with the code of an entry that will never be. */
  private async follow(job: Job): Promise<void> {
    const { file } = job;
    const { now } = this.environment;
    const start = now();
    let wasReplaced = false;
    await this.watcher.follow(file.entryId ?? '', (entry) => {
      this.checkAborted();
      if (!isDownloading(entry)) this.window.leave(job, String(entry.status) !== '-2');
      try {
        checkNotFailed(entry);
      } catch (error) {
        job.isReplaced = !file.duplicate;
        throw error;
      }
      // A draft is ready from the start; it is done when its content shows, or has replaced nothing.
      const isEmptyDraft = job.isReadyDraft && (isBeingReplaced(entry) || !(wasReplaced || showsContent(entry)));
      wasReplaced ||= isBeingReplaced(entry) || !isReady(entry);
      if (isReady(entry) && !isEmptyDraft) {
        this.update(job, { state: 'ready', percent: 100, name: file.name ?? entry.name, moderation: moderationOf(entry) });
        return true;
      }
      if (job.isReadyDraft && now() - start > DRAFT_LIMIT_MS) {
        job.isReplaced = true;
        throw new FileFailure('no_content');
      }
      if (now() - start > (this.options.timeLimit ?? TIME_LIMIT_MS)) throw new FileFailure('time_limit');
      this.update(job, { state: 'importing', percent: isDownloading(entry) ? PERCENT_DOWNLOADING : PERCENT_CONVERTING, name: file.name ?? entry.name });
      return false;
    });
  }

  /** Before the entry of a failed attempt is replaced, it is deleted: there is never a second one. */
  private async removeFailedEntry(job: Job): Promise<void> {
    await this.removeEntry(job);
    job.isReplaced = false;
  }

  private async removeEntry(job: Job): Promise<void> {
    const { file, item } = job;
    try {
      await this.client.read({ service: serviceFor(item.kaltura?.mediaType), action: 'delete', entryId: file.entryId });
    } catch (error) {
      if (!(error instanceof FileFailure) || error.code === 'session_ended' || error.code === 'no_answer') throw error;
      const isGone = error.code === 'ENTRY_ID_NOT_FOUND' || error.code === 'not_own_entry';
      if (!isGone) this.warn(job, { code: 'failed_entry_kept', entryId: file.entryId });
    }
    renewNonce(job);
    this.update(job, { entryId: undefined, handedOver: false });
  }

  private async fail(job: Job, code: string): Promise<void> {
    const words = await import('./kaltura-words.js').catch(() => undefined);
    const message = this.options.describe?.(code) ?? words?.wordsFor(code) ?? code;
    this.update(job, { state: 'failed', percent: undefined, error: { code, message }, waitingFor: undefined });
  }

  private warn({ file }: Job, warning: ImportWarning) {
    file.warnings = [...file.warnings ?? [], warning];
  }

  private update(job: Job, changes: Partial<ImportFile>) {
    Object.assign(job.file, changes);
    if (job.file.state === 'ready') job.file.waitingFor = undefined;
    remember(job, this.options.storage);
    this.reportSoon();
  }

  /** Shows what is waited for, or that Kaltura answers again. */
  private showWait(code: string | undefined) {
    const changed = this.files.filter(({ state, waitingFor }) => waitingFor !== code && (state === 'queued' || state === 'importing'));
    for (const file of changed) file.waitingFor = code;
    if (changed.length > 0) this.reportSoon();
  }

  private reportSoon() {
    if (this.isReporting) return;
    this.isReporting = true;
    // Apart, and once for many changes.
    setTimeout(() => {
      if (this.isReporting) this.report();
    });
  }

  private report() {
    this.isReporting = false;
    // Said from the beginning, so that the picker knows that the page has to stay open.
    this.options.picker?.progress(this.files.map((file) => ({ ...file, handedOver: file.handedOver ?? false })));
    // An exception of the page does not end the import.
    Promise.resolve(this.files).then((files) => this.options.onProgress?.(files));
  }

  private checkAborted() {
    const { signal } = this.options;
    if (signal?.aborted) throw signal.reason;
  }
}
