// The import of one person's choice. Each request of the page (the choice, then the questions how it stands) moves it on by a
// few steps, so that no request takes long and a restart of the server loses nothing.
//
// A file is known by its reference, which is made of the person and the file: it is set with the administrator session, so
// Kaltura keeps it, and Kaltura is asked for it before anything is added.
import { createHash, randomBytes } from 'node:crypto';
import { KalturaRefused, KalturaSilent } from './kaltura.mjs';

const ALL_STATES = '-2,-1,0,1,2,4,5,6,7';
const ALL_MODERATION_STATES = '1,2,3,5,6';
const NO_CONTENT = 7;
const FAILURES = { '-2': 'ERROR_IMPORTING', '-1': 'ERROR_CONVERTING', 3: 'ENTRY_ID_NOT_FOUND', 6: 'BLOCKED' };
/** So many files are taken on within one request of the page. */
const FILES_PER_REQUEST = 10;
/** So many files Kaltura downloads at a time. */
const DOWNLOADS_AT_ONCE = 20;
/** After an `add` without an answer: two looks, so long apart, before another one. */
const LOOK_PAUSE_MS = 30_000;
const LOOKS_BEFORE_REPEAT = 2;
const ATTEMPTS = 5;
/** The page is asked for a new link when the old one has this age. */
const OLD_LINK_MS = 30 * 60_000;

const digest = (...parts) => createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);

/** Kaltura makes one slash of two, except after the scheme. */
export const safeLink = (link) => link.replace(/^\w+:\/\/|\/\//g, (part) => (part.length > 2 ? part : '%2F%2F'));

export class Imports {
  constructor({ kaltura, store, config, now = Date.now }) {
    Object.assign(this, { kaltura, store, config, now, busy: new Set() });
  }

  /** Takes validated items; answers the id of the import. */
  begin(user, items) {
    const references = items.map((item) => {
      const reference = digest(this.config.partnerId, user.id, item.driveId, item.id);
      const known = this.store.read(reference);
      // One record for a file of a person, whoever asks for it and how often: so it is never under way twice.
      const isOver = known?.step === 'ready' || known?.step === 'failed';
      const record = known && !isOver ? known : { step: 'new', attempts: 0, looks: 0, failedEntry: known?.step === 'failed' ? known.entryId : undefined };
      this.store.write(reference, { ...record, ...item, userId: user.id, linkSince: this.now() });
      return reference;
    });
    const id = randomBytes(16).toString('hex');
    this.store.write(id, { userId: user.id, references });
    return id;
  }

  /** Takes fresh links for files of an import that still wait; says whether the import is this person's. */
  renewLinks(user, id, items) {
    const record = this.store.read(id);
    if (record?.userId !== user.id) return false;
    for (const item of items) {
      const reference = digest(this.config.partnerId, user.id, item.driveId, item.id);
      const file = this.store.read(reference);
      if (!record.references.includes(reference) || !['new', 'uncertain', 'added'].includes(file?.step)) continue;
      this.store.write(reference, { ...file, link: item.link, linkSince: this.now() });
    }
    return true;
  }

  /** Moves an import on and says how its files stand; undefined if it is not this person's. */
  async progress(user, id) {
    const record = this.store.read(id);
    if (record?.userId !== user.id) return undefined;
    const files = record.references.map((reference) => [reference, this.store.read(reference)]);
    await this.look(files);
    let steps = 0;
    let downloads = files.filter(([, file]) => file.step === 'handed_over' && !file.isConverting).length;
    for (const [reference, file] of files) {
      if (steps >= FILES_PER_REQUEST || downloads >= DOWNLOADS_AT_ONCE) break;
      if (['handed_over', 'ready', 'failed'].includes(file.step) || this.busy.has(reference)) continue;
      steps++;
      this.busy.add(reference);
      await this.bring(reference, file);
      this.busy.delete(reference);
      if (file.step === 'handed_over') downloads++;
    }
    return {
      files: files.map(([, file]) => shown(file)),
      // The page gets these by `picker.refreshLinks` and posts the items again.
      linksWanted: files.filter(([, file]) => this.wantsLink(file)).map(([, { id: itemId, driveId }]) => ({ id: itemId, driveId })),
    };
  }

  wantsLink({ step, linkSince }) {
    return ['new', 'uncertain', 'added'].includes(step) && this.now() - linkSince > OLD_LINK_MS;
  }

  /** One file, as far as it goes now. */
  async bring(reference, file) {
    const save = () => this.store.write(reference, file);
    try {
      if (file.step === 'uncertain') await this.seekUnansweredEntry(reference, file);
      if (file.step === 'new') await this.add(reference, file, save);
      if (file.step === 'added' && !this.wantsLink(file)) await this.handOver(file, save);
    } catch (error) {
      // A rate limit, a silence: the next request of the page tries again.
      const isPassing = error instanceof KalturaSilent || ['ACTION_BLOCKED', 'LOCK_TIMED_OUT'].includes(error.code);
      if (!(error instanceof KalturaRefused) && !isPassing) throw error;
      if (!isPassing) Object.assign(file, { step: 'failed', error: error.code, link: undefined });
    }
    save();
  }

  async find(reference, userId) {
    const { objects = [] } = await this.kaltura.call('baseEntry', 'list', {
      filter: {
        objectType: 'KalturaBaseEntryFilter', referenceIdEqual: reference, userIdEqual: userId,
        statusIn: ALL_STATES, moderationStatusIn: ALL_MODERATION_STATES,
      },
    });
    return objects;
  }

  async seekUnansweredEntry(reference, file) {
    if (this.now() < file.lookAt) return;
    const [found] = (await this.find(reference, file.userId)).filter(({ id }) => id !== file.failedEntry);
    file.looks++;
    if (found) Object.assign(file, { step: 'added', entryId: found.id, isDraft: Number(found.status) === 2 });
    else if (file.looks >= LOOKS_BEFORE_REPEAT) Object.assign(file, { step: 'new', looks: 0 });
    else file.lookAt = this.now() + LOOK_PAUSE_MS;
    if (file.step === 'new' && file.attempts >= ATTEMPTS) Object.assign(file, { step: 'failed', error: 'no_answer' });
  }

  async add(reference, file, save) {
    if (file.failedEntry) await this.removeFailedEntry(file, save);
    const found = await this.find(reference, file.userId);
    const empty = found.find(({ status }) => Number(status) === NO_CONTENT);
    const whole = found.find(({ status }) => [0, 1, 2, 4, 5].includes(Number(status)));
    if (whole) return Object.assign(file, { step: 'handed_over', entryId: whole.id, duplicate: true });
    if (empty) return Object.assign(file, { step: 'added', entryId: empty.id });
    const { config } = this;
    const kind = file.mediaType
      ? { objectType: 'KalturaMediaEntry', mediaType: file.mediaType, conversionProfileId: config.conversionProfileId }
      : { objectType: 'KalturaDocumentEntry', documentType: /\.pdf$/i.test(file.fileName) ? 13 : 11 };
    const entry = { ...kind, name: file.name, referenceId: reference, adminTags: 'onedrive', userId: file.userId, creatorId: file.userId };
    // Saved before it is sent: after a crash the entry is sought, not added again.
    Object.assign(file, { step: 'uncertain', lookAt: this.now() + LOOK_PAUSE_MS, attempts: file.attempts + 1 });
    save();
    try {
      const added = await this.kaltura.call(file.mediaType ? 'media' : 'baseEntry', 'add', { entry });
      Object.assign(file, { step: 'added', entryId: added.id, isDraft: Number(added.status) === 2 });
    } catch (error) {
      // Refused, and so not carried out; a silence leaves it uncertain.
      if (error instanceof KalturaRefused) file.step = 'new';
      throw error;
    }
    return save();
  }

  async handOver(file, save) {
    const { config, kaltura } = this;
    const { entryId } = file;
    if (config.categoryId && !file.isPublished) {
      await ignoring('CATEGORY_ENTRY_ALREADY_EXISTS', kaltura.call('categoryEntry', 'add', {
        categoryEntry: { objectType: 'KalturaCategoryEntry', entryId, categoryId: config.categoryId },
      }));
      file.isPublished = true;
      save();
    }
    if (config.instanceId && !file.hasInstanceId) {
      const xmlData = `<metadata><InstanceId>${escapeXml(config.instanceId)}</InstanceId></metadata>`;
      await ignoring('METADATA_ALREADY_EXISTS', kaltura.call('metadata_metadata', 'add', {
        metadataProfileId: config.metadataProfileId, objectType: '1', objectId: entryId, xmlData,
      }));
      file.hasInstanceId = true;
      save();
    }
    const resource = { objectType: 'KalturaUrlResource', url: safeLink(file.link), forceAsyncDownload: true };
    const wasUncertain = file.isContentUncertain;
    file.isContentUncertain = true;
    save();
    const service = file.isDraft ? 'baseEntry' : file.mediaType ? 'media' : 'document_documents';
    const call = kaltura.call(service, file.isDraft ? 'updateContent' : 'addContent', { entryId, resource });
    // Content that is there already is what an earlier attempt without an answer has brought.
    await (wasUncertain ? ignoring('ENTRY_ALREADY_WITH_CONTENT', call) : call);
    Object.assign(file, { step: 'handed_over', link: undefined, handedOverAt: this.now() });
  }

  async removeFailedEntry(file, save) {
    await ignoring('ENTRY_ID_NOT_FOUND', this.kaltura.call('baseEntry', 'delete', { entryId: file.failedEntry }));
    file.failedEntry = undefined;
    save();
  }

  /** Reads the states of all entries that are under way, in one call. */
  async look(files) {
    const followed = files.filter(([, { step }]) => step === 'handed_over');
    if (followed.length === 0) return;
    let entries;
    try {
      entries = await this.kaltura.call('baseEntry', 'getByIds', { entryIds: followed.map(([, { entryId }]) => entryId).join(',') });
    } catch (error) {
      if (error instanceof KalturaSilent || error instanceof KalturaRefused) return;
      throw error;
    }
    for (const [reference, file] of followed) {
      const entry = entries.find(({ id }) => id === file.entryId) ?? { status: 3 };
      // A draft that Kaltura calls ready from the start is done when its content has replaced nothing, or shows.
      const showsContent = file.wasReplacing || Number(entry.duration) > 0 || entry.flavorParamsIds;
      const isReplacing = file.isDraft && (entry.replacingEntryId || !showsContent);
      file.wasReplacing ||= Boolean(entry.replacingEntryId);
      const failure = FAILURES[entry.status] ?? (String(entry.status).startsWith('virusScan') ? entry.status : undefined);
      if (failure) Object.assign(file, { step: 'failed', error: failure });
      else if (['2', '5'].includes(String(entry.status)) && !isReplacing) {
        Object.assign(file, { step: 'ready', moderation: Number(entry.moderationStatus) === 1 || String(entry.status) === '5' ? 'pending' : undefined });
      } else file.isConverting = String(entry.status) === '1';
      this.store.write(reference, file);
    }
  }
}

const ignoring = (code, call) => call.catch((error) => {
  if (error.code !== code) throw error;
});

const escapeXml = (text) => String(text).replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** What the picker shows of a file. */
const shown = ({ id, driveId, name, step, entryId, error, duplicate, moderation, isConverting }) => ({
  id, driveId, name, entryId, duplicate, moderation,
  state: step === 'ready' || step === 'failed' ? step : step === 'handed_over' ? 'importing' : 'queued',
  handedOver: step === 'handed_over' || step === 'ready',
  percent: step === 'ready' ? 100 : step === 'handed_over' ? (isConverting ? 60 : 20) : 0,
  error: error && { code: error, message: error },
});
