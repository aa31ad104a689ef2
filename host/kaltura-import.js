// Imports picked OneDrive files into Kaltura: media.add and media.addContent in one multirequest per batch, then the
// state of each entry until it is ready or has failed. No dependencies. Guide: docs/embedding.md.

// Kaltura's error codes in words, by the first pattern that fits. Codes in small letters are ours.
const WORDS = [
  [/_KS/, 'Your Kaltura session has ended. Sign in again.'],
  [/ADMIN_/, 'This page sets what only an administrator may set.'],
  [/FORBID|BLOCK|PERMIS/, 'Kaltura does not let you do this. Ask its administrator.'],
  [/PARTNER|PROFILE/, 'The Kaltura account or profile set for this page does not exist.'],
  [/ENTRY_ID/, 'The entry is no longer in Kaltura.'],
  [/_TYPE_[NR]/, 'Kaltura does not accept this type of file.'],
  [/_IMP/, 'Kaltura could not download the file. Its link may have expired.'],
  [/_CON/, 'Kaltura could not convert the file.'],
  [/virus/, 'Kaltura could not clear the file of viruses.'],
  [/link/, 'The link to the file is gone. Choose the file again.'],
  [/_an|_ti|abo|INTER/, 'The import was cut off. Try again.'],
  [/./, 'Kaltura did not accept the file.'],
];
const FAILED = { '-2': 'ERROR_IMPORTING', '-1': 'ERROR_CONVERTING', 3: 'ENTRY_ID_NOT_FOUND', 6: 'BLOCKED' };
const TYPES = { video: 1, image: 2, audio: 5 };
const RECORD = 'onedrive-import:';
const LINK = '@microsoft.graph.downloadUrl';

// Every file of this page by its drive and id, so that two imports never create two entries for one file.
const jobs = new Map();

/** A link without a second `//`: Kaltura would make it `/` and so break the link. */
export const safeLink = (link) => link.replace(/^\w+:\/\/|\/\//g, (part) => (part === '//' ? '%2F%2F' : part));

const isError = (result) => result.objectType === 'KalturaAPIException' || (result.code && result.message);

// Kaltura's number for the type of a file; nothing for a document.
const mediaType = ({ kaltura, file, video, audio, image, photo }) => {
  const type = kaltura?.mediaType ?? file?.mimeType?.split('/')[0];
  return TYPES[type] ?? (+type || (audio ? 5 : video ? 1 : image || photo ? 2 : 0));
};

// A job is a file on its way. `sent`: an add may have reached Kaltura; `fed`: its entry has the link; `broken`: its
// entry is of no use any more; `busy`: a run takes care of it; `known`: entries that are not this job's.
const jobOf = (item) => {
  const driveId = item.driveId ?? item.parentReference?.driveId;
  const key = RECORD + driveId + ':' + item.id;
  const link = item[LINK] ?? item['@content.downloadUrl'];
  const old = jobs.get(key);
  if (old?.file.state === 'failed') requeue(old, link);
  if (old && old.file.state !== 'ready') return old;
  const job = {
    key, item, link,
    type: mediaType(item),
    known: [],
    earlier: old ? [{ id: old.file.entryId, status: 2 }] : [],
    file: {
      id: item.id,
      driveId,
      name: item.kaltura?.name ?? item.name?.replace(/(.)\.\w{1,5}$/, '$1'),
      referenceId: item.kaltura?.referenceId ?? item.id,
      state: 'queued',
      percent: 0,
    },
  };
  jobs.set(key, job);
  return job;
};

const requeue = (job, link) => {
  job.link = link ?? job.link;
  Object.assign(job.file, { state: job.fed ? 'importing' : 'queued', percent: 0, error: undefined });
};

const follow = (options, mine) => {
  const { picker, signal, batchSize = 20, pollInterval = 3000 } = options;
  const url = options.serviceUrl.replace(/\/*(api_v3\/*)?$/, '/api_v3/service/multirequest?format=1');
  const files = mine.map(({ file }) => file);
  let watching;

  const check = () => { if (signal?.aborted) throw signal.reason; };
  const sleep = (time) => new Promise((resolve) => { setTimeout(resolve, time); }).then(check);
  const chunks = async (list, work) => {
    for (let start = 0; start < list.length; start += batchSize) await work(list.slice(start, start + batchSize));
  };
  const inState = (list, state) => list.filter(({ file }) => file.state === state);
  const report = async () => {
    picker?.progress(files);
    options.onProgress?.({ files, percent: files.reduce((sum, { percent }) => sum + (percent ?? 100), 0) / files.length });
  };

  const set = ({ key, file, type, fed }, state, percent, error) => {
    Object.assign(file, { state, percent, error });
    try {
      const storage = options.storage ?? localStorage;
      const { id, driveId, referenceId, entryId } = file;
      if (/ready|fai/.test(state)) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify({ id, driveId, entryId, fed, kaltura: { mediaType: type, referenceId } }));
    } catch { /* storage is full or forbidden: the import works, but a reload forgets it */ }
  };
  const fail = (job, code) => set(job, 'failed', undefined, {
    code, message: options.describe?.(code) ?? WORDS.find(([pattern]) => pattern.test(code))[1],
  });
  const watch = (job, status) => {
    job.broken = FAILED[status] ?? (/virus/.test(status) && status);
    job.fed = !job.broken;
    if (job.broken) fail(job, job.broken);
    else if (status == 2 || status == 5) set(job, 'ready', 100);
    else set(job, 'importing', status == 1 ? 60 : 20);
  };

  // One result per request; undefined where there is none to trust.
  const call = async (requests) => {
    check();
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 6e4);
    const { ks } = options;
    try {
      const response = await fetch(url, {
        method: 'POST',
        // Exactly this: Kaltura does not read the body of "application/json; charset=utf-8".
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          format: 1, clientTag: 'onedrive-picker', apiVersion: '3.3.0', ks: ks.call ? await ks() : ks,
          ...Object.fromEntries(requests.map((request, index) => [index + 1, request])),
        }),
        credentials: 'omit',
        signal: limit.signal,
      });
      const answer = await response.json();
      const results = answer.result ?? answer;
      return requests.map((_, index) => {
        const result = results.map ? results[index] : results;
        const inner = result?.error ?? result;
        return inner && (isError(inner) || results.map) ? inner : undefined;
      });
    } finally {
      clearTimeout(timer);
    }
  };
  const action = ({ type }, name, parameters) => ({ service: type ? 'media' : 'baseEntry', action: name, ...parameters });

  const entryOf = ({ item, type, file: { name, referenceId } }) => {
    const path = item.kaltura?.path?.replace(/[,>]/g, ' ').split('/').filter(Boolean) ?? [];
    const { folders, conversionProfileId, adminTags } = options;
    return {
      ...(type ? { objectType: 'KalturaMediaEntry', mediaType: type }
        : { objectType: 'KalturaDocumentEntry', documentType: /\.pdf$/i.test(item.name) ? 13 : 11 }),
      name, referenceId, conversionProfileId, adminTags,
      ...(folders && path[0] && { [folders]: path.join(folders === 'tags' ? ',' : '>') }),
      ...options.entry?.(item),
    };
  };
  const ask = async (file, entries) => {
    const { onDuplicate } = options;
    return onDuplicate?.call ? onDuplicate(file, entries) : onDuplicate;
  };

  // Finds the entry that a file has already: from an earlier try whose answer was lost, or else a duplicate.
  const adopt = async (job, found) => {
    const { file, known, sent } = job;
    const entries = (found?.[0] ? found : job.earlier).filter(({ id }) => !known.includes(id));
    const entry = entries.find(({ status }) => status == 7) ?? entries[0];
    if (!entry) return;
    const empty = entry.status == 7;
    if (!sent && !empty) {
      if (await ask(file, entries).catch(() => {}) === 'import') return known.push(...entries.map(({ id }) => id));
      file.duplicate = true;
    }
    file.entryId = entry.id;
    if (!empty) watch(job, entry.status);
  };

  const attempt = async (batch) => {
    const found = await call(batch.map((job) => action(job, 'list', {
      filter: {
        objectType: job.type ? 'KalturaMediaEntryFilter' : 'KalturaBaseEntryFilter',
        referenceIdEqual: job.file.referenceId,
        statusIn: '0,1,2,4,5,7',
      },
    })));
    const requests = [];
    for (const job of batch) {
      const { file } = job;
      const list = found.shift()?.objects;
      if (!file.entryId) {
        if (job.sent && !list) throw 0;
        await adopt(job, list);
      }
      if (file.state !== 'queued') continue;
      if (!job.link) {
        fail(job, 'link_missing');
        continue;
      }
      if (job.broken) {
        requests.push(action(job, 'delete', { entryId: file.entryId }));
        job.known.push(file.entryId);
        file.entryId = job.broken = undefined;
      }
      job.add = file.entryId ? 0 : requests.push(action(job, 'add', { entry: entryOf(job) }));
      job.content = requests.push(action(job, 'addContent', {
        entryId: file.entryId ?? `{${job.add}:result:id}`,
        resource: { objectType: 'KalturaUrlResource', url: safeLink(job.link), forceAsyncDownload: true },
      }));
      job.sent = true;
      set(job, 'queued', 0);
    }
    const results = requests[0] ? await call(requests) : [];
    for (const job of inState(batch, 'queued')) {
      const added = results[job.add - 1] ?? job.file;
      const content = results[job.content - 1];
      if (isError(added)) {
        job.sent = false;
        fail(job, added.code);
      } else if (content) {
        job.file.entryId = job.file.entryId ?? added.id;
        if (isError(content) && !/ALREADY/.test(content.code)) fail(job, content.code);
        else watch(job, content.status);
      }
    }
    if (inState(batch, 'queued')[0]) throw 0;
  };

  const submit = (list) => chunks(list, async (batch) => {
    for (let wait = pollInterval; ; wait *= 2) {
      try {
        await attempt(inState(batch, 'queued'));
        break;
      } catch {
        check();
        if (wait > pollInterval * 4) {
          inState(batch, 'queued').forEach((job) => fail(job, 'no_answer'));
          break;
        }
      }
      await sleep(wait);
    }
    report();
  });

  const poll = async () => {
    const end = Date.now() + (options.timeLimit ?? 468e5);
    let wait = pollInterval;
    while (/queued|imp/.test(files.map(({ state }) => state))) {
      await sleep(wait);
      const before = JSON.stringify(files);
      await chunks(inState(mine, 'importing'), async (batch) => {
        const entries = await call(batch.map((job) => action(job, 'get', { entryId: job.file.entryId }))).catch(() => []);
        batch.forEach((job, index) => {
          const entry = entries[index];
          if (entry && !isError(entry)) {
            job.file.name = job.file.name ?? entry.name;
            watch(job, entry.status);
          } else if (/ENTRY_ID/.test(entry?.code)) watch(job, 3);
          else if (Date.now() > end) fail(job, 'time_limit');
        });
      });
      const changed = before !== JSON.stringify(files);
      if (changed) report();
      wait = changed ? pollInterval : Math.min(wait * 1.5, pollInterval * 10);
    }
  };

  const work = async (list) => {
    const own = inState(list, 'queued').filter(({ busy }) => !busy);
    own.forEach((job) => {
      job.busy = true;
      set(job, 'queued', 0);
    });
    report();
    watching = watching ?? poll().finally(() => { watching = undefined; });
    try {
      await Promise.race([
        Promise.all([submit(own), watching]),
        new Promise((_, reject) => { signal?.addEventListener('abort', () => reject(signal.reason)); }),
      ]);
    } finally {
      own.forEach((job) => { job.busy = false; });
      inState(own, 'queued').forEach((job) => fail(job, 'aborted'));
    }
    return files;
  };
  const retry = async (...which) => {
    const list = inState(mine, 'failed').filter(({ file }) => !which[0] || which.includes(file));
    const fresh = (await picker?.refreshLinks(list.map(({ file }) => file)).catch(() => {})) ?? [];
    inState(list, 'failed').forEach((job) => requeue(job, fresh.find(({ id, driveId }) => id === job.file.id && driveId === job.file.driveId)?.[LINK]));
    return work(list);
  };
  return Object.assign(work(mine), { files, retry });
};

/** Imports picked items. Resolves when each file is ready or has failed; rejects only when aborted. */
export const importIntoKaltura = (options) => follow(options, [...new Set(options.items.map(jobOf))]);

/** Follows what an earlier page of this site left unfinished. */
export const resumeImports = (options) => {
  const found = [];
  try {
    const storage = options.storage ?? localStorage;
    for (let index = 0; index < storage.length; index++) {
      const key = storage.key(index);
      if (!key.startsWith(RECORD)) continue;
      const record = JSON.parse(storage.getItem(key));
      const job = jobOf(record);
      found.push(job);
      if (job.busy) continue;
      job.file.entryId = record.entryId;
      job.sent = true;
      job.fed = record.fed;
      requeue(job);
    }
  } catch { /* as for writing */ }
  return follow(options, found);
};
