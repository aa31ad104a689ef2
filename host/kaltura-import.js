// Imports picked OneDrive files into Kaltura: media.add and media.addContent in one multirequest per batch, then the
// state of each entry until it is ready or has failed. No dependencies. Guide: docs/embedding.md.

const FAILED = { '-2': 'ERROR_IMPORTING', '-1': 'ERROR_CONVERTING', 3: 'ENTRY_ID_NOT_FOUND', 6: 'BLOCKED' };
const RECORD = 'onedrive-import:';
const LINK = '@microsoft.graph.downloadUrl';

// Every file of this page by its drive and id, so that two imports never create two entries for one file.
// `sent`: an add may have reached Kaltura; `fed`: the entry has the link; `stale`: a failed entry to be replaced;
// `known`: entries that are others'; `done`: the promise of the import that brings it.
const jobs = new Map();

/** A link without a second `//`: Kaltura would make it `/` and so break the link. */
export const safeLink = (link) => link.replace(/^\w+:\/\/|\/\//g, (part) => (part[2] ? part : '%2F%2F'));

const isError = (result) => result.code && result.message;

// Queued or importing.
const isOpen = ({ file }) => /q|g/.test(file.state);

const jobOf = (item) => {
  const { id, name, kaltura, driveId = item.parentReference?.driveId } = item;
  const key = RECORD + driveId + ':' + id;
  const old = jobs.get(key);
  const job = old && old.file.state !== 'ready' ? old : {
    key, item,
    type: kaltura?.mediaType,
    known: [],
    earlier: old ? [{ id: old.file.entryId, status: 2 }] : [],
    file: { id, driveId, name: kaltura?.name ?? name?.replace(/(.)\.\w+$/, '$1'), referenceId: kaltura?.referenceId ?? id },
  };
  job.link = item[LINK] ?? item['@content.downloadUrl'] ?? job.link;
  if (!isOpen(job)) job.file.state = 'queued';
  jobs.set(key, job);
  return job;
};

const follow = (options, mine) => {
  const { picker, signal, ks, batchSize = 20, pollInterval = 3000, folders, onDuplicate, onProgress, conversionProfileId, adminTags } = options;
  const url = options.serviceUrl.replace(/\/*(api_v3\/*)?$/, '/api_v3/service/multirequest?format=1');
  const files = mine.map(({ file }) => file);
  const queue = [];
  let reporting;

  const check = (value) => {
    if (signal?.aborted) throw signal.reason;
    return value;
  };
  const sleep = (time) => new Promise((resolve) => { setTimeout(resolve, time); }).then(check);

  const report = () => {
    reporting = clearTimeout(reporting);
    picker?.progress(files);
    // Apart, so that an exception of the page does not end the import.
    Promise.resolve(files).then(onProgress);
  };
  const set = ({ key, file, type, fed }, state, percent, error) => {
    Object.assign(file, { state, percent, error });
    const { id, driveId, referenceId, entryId } = file;
    try {
      const storage = options.storage ?? localStorage;
      if (/ready|fai/.test(state)) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify({ id, driveId, entryId, fed, kaltura: { mediaType: type, referenceId } }));
    } catch { /* storage is full or forbidden: the import works, but a reload forgets it */ }
    reporting = reporting ?? setTimeout(report);
  };
  const fail = async (job, code) => {
    const { wordsFor = String } = await import('./kaltura-words.js').catch(() => ({}));
    set(job, 'failed', undefined, { code, message: options.describe?.(code) ?? wordsFor(code) });
  };

  // One result per request; undefined where there is none to trust.
  const call = async (requests) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        // Exactly this: Kaltura does not read the body of "application/json; charset=utf-8".
        headers: { 'Content-Type': 'application/json' },
        // The hole makes the requests count from 1.
        body: JSON.stringify({ format: 1, clientTag: 'onedrive-picker', apiVersion: '3.3.0', ks: ks.call ? await ks() : ks, ...[, ...requests] }),
        signal: AbortSignal.timeout?.(6e4),
      });
      const answer = await response.json();
      const results = answer.result ?? answer;
      return requests.map((_, index) => {
        const result = results.map ? results[index] : results;
        const inner = result?.error ?? result;
        return inner && (isError(inner) || inner.id || inner.objects) ? inner : undefined;
      });
    } catch {
      return [];
    }
  };
  const flush = async () => {
    if (!queue[0]) return;
    const batch = queue.splice(0, batchSize);
    const requests = [];
    const ends = batch.map(({ make }) => requests.push(...make(requests.length + 1)));
    const results = await call(requests);
    batch.forEach(({ resolve }, index) => resolve(results.slice(ends[index - 1] ?? 0, ends[index])));
    flush();
  };
  // What files ask at about the same time goes into one multirequest. `make` gets the number of its first request.
  const ask = (make) => new Promise((resolve) => {
    if (queue.push({ make, resolve }) < 2) setTimeout(flush, pollInterval / 60);
  }).then(check);

  const entryOf = ({ item, type, file: { name, referenceId } }) => ({
    ...(type ? { objectType: 'KalturaMediaEntry', mediaType: type }
      : { objectType: 'KalturaDocumentEntry', documentType: /\.pdf$/i.test(item.name) ? 13 : 11 }),
    name, referenceId, conversionProfileId, adminTags,
    ...(folders && { [folders]: item.kaltura?.path?.replace(/[,>]/g, ' ').replace(/\//g, folders === 'tags' ? ',' : '>') }),
    ...options.entry?.(item),
  });

  const bring = async (job) => {
    const { file, known, type, earlier } = job;
    const to = (action, parameters, service = 'baseEntry') => ({ service: type ? 'media' : service, action, ...parameters });
    const feed = (entryId) => to('addContent', {
      entryId, resource: { objectType: 'KalturaUrlResource', url: safeLink(job.link), forceAsyncDownload: true },
    }, 'document_documents');
    const end = Date.now() + (options.timeLimit ?? 468e5);
    let status;
    check();
    if (job.stale) file.entryId = undefined;
    set(job, 'queued', 0);

    for (let tries = 0; !job.fed; tries++) {
      if (tries > 4) return fail(job, 'no_answer');
      await sleep(tries * pollInterval);

      if (!file.entryId) {
        // Looks before it adds: an entry that is there already came from an earlier try whose answer was lost, or else is
        // a duplicate and asked about.
        const [list] = await ask(() => [to('list', {
          filter: { objectType: type ? 'KalturaMediaEntryFilter' : 'KalturaBaseEntryFilter', referenceIdEqual: file.referenceId, statusIn: '0,1,2,4,5,7' },
        })]);
        if (!list || (job.sent && !list.objects)) continue;
        const others = (list.objects?.[0] ? list.objects : earlier).filter(({ id }) => !known.includes(id));
        let entry = others.find((other) => other.status == 7) ?? others[0];
        if (entry && !job.sent && entry.status != 7) {
          let answer = onDuplicate;
          try {
            if (answer?.call) answer = await answer(file, others);
          } catch { /* as if skipped */ }
          file.duplicate = answer !== 'import';
          if (!file.duplicate) entry = void known.push(...others.map(({ id }) => id));
        }
        if (entry) {
          ({ id: file.entryId, status } = entry);
          job.stale = false;
          job.fed = status != 7;
          if (job.fed) break;
        }
      }

      if (!job.link) return fail(job, 'link_missing');
      const { entryId } = file;
      const { stale } = job;
      const entry = entryOf(job);
      if (!entryId) job.sent = true;
      const results = await ask((place) => (entryId ? [feed(entryId)]
        : [to('add', { entry }), feed(`{${place}:result:id}`), ...(stale ? [to('delete', { entryId: stale })] : [])]));
      if (!entryId) {
        const added = results.shift();
        if (!added) continue;
        job.sent = job.stale = false;
        if (isError(added)) return fail(job, added.code);
        file.entryId = added.id;
      }
      const [content] = results;
      if (!content) continue;
      if (isError(content) && !/ALREADY/.test(content.code)) return fail(job, content.code);
      ({ status } = content);
      job.fed = true;
    }

    for (let wait, last = job; ;) {
      if (status === last) wait = Math.min(wait * 1.5, pollInterval * 10);
      else {
        const code = FAILED[status] ?? (/virus/.test(status) && status);
        if (code) {
          known.push(job.stale = file.entryId);
          job.fed = false;
          return fail(job, code);
        }
        if (status == 2 || status == 5) return set(job, 'ready', 100);
        set(job, 'importing', status == 1 ? 60 : 20);
        wait = pollInterval;
        last = status;
      }
      if (Date.now() > end) return fail(job, 'time_limit');
      await sleep(wait);
      const [entry = {}] = await ask(() => [to('get', { entryId: file.entryId })]);
      status = /ENTRY_ID/.test(entry.code) ? 3 : entry.status ?? status;
      file.name = file.name ?? entry.name;
    }
  };

  const aborted = new Promise((_, reject) => { signal?.addEventListener('abort', () => reject(signal.reason)); });
  const work = async () => {
    // A file that another import brings is waited for; if that one was aborted, this one goes on with it.
    await Promise.race([aborted, Promise.all(mine.filter(isOpen).map((job) => {
      job.done = (job.done ?? Promise.reject()).catch(() => bring(job)).finally(() => { job.done = undefined; });
      return job.done;
    }))]);
    report();
    return files;
  };
  const retry = async (...which) => {
    const list = mine.filter(({ file }) => file.state === 'failed' && (!which[0] || which.includes(file)));
    const links = (await picker?.refreshLinks(list.map(({ file }) => file)).catch(() => {})) ?? [];
    for (const job of list) {
      job.link = links.find(({ id }) => id === job.file.id)?.[LINK] ?? job.link;
      set(job, 'queued', 0);
    }
    return work();
  };
  return Object.assign(work(), { files, retry });
};

/** Imports picked items. Resolves when each file is ready or has failed; rejects only when aborted. */
export const importIntoKaltura = (options) => follow(options, [...new Set(options.items.map(jobOf))]);

/** Follows what an earlier page of this site left unfinished. */
export const resumeImports = (options) => {
  const found = [];
  try {
    const storage = options.storage ?? localStorage;
    for (const key of Object.keys(storage)) {
      if (!key.startsWith(RECORD)) continue;
      const { entryId, fed, ...item } = JSON.parse(storage[key]);
      const job = jobOf(item);
      found.push(job);
      if (job.done) continue;
      Object.assign(job, { fed, sent: true });
      job.file.entryId = entryId;
    }
  } catch { /* as for writing */ }
  return follow(options, found);
};
