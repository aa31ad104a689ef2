// Imports picked OneDrive files into Kaltura: media.add and media.addContent in one multirequest per batch, then the
// state of each entry until it is ready or has failed. No dependencies. Guide: docs/embedding.md.

const FAILED = { '-2': 'ERROR_IMPORTING', '-1': 'ERROR_CONVERTING', 3: 'ENTRY_ID_NOT_FOUND', 6: 'BLOCKED' };
const TYPES = { video: 1, image: 2, audio: 5 };
const RECORD = 'onedrive-import:';
const LINK = '@microsoft.graph.downloadUrl';

// Every file of this page by its drive and id, so that two imports never create two entries for one file.
// A job's `step` is what to do next: look for its entry, ask the page, add, feed (give the entry the link) or watch.
// `sent`: an add may have reached Kaltura; `stale`: a failed entry to be replaced; `known`: entries that are not its own;
// `owner`: the import that drives it.
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
  const type = kaltura?.mediaType ?? item.file?.mimeType?.split('/')[0];
  const job = old && old.file.state !== 'ready' ? old : {
    key, item,
    type: TYPES[type] ?? +type,
    step: 'look',
    tries: 0,
    known: [],
    earlier: old ? [{ id: old.file.entryId, status: 2 }] : [],
    file: {
      id, driveId,
      name: kaltura?.name ?? name?.replace(/(.)\.\w+$/, '$1'),
      referenceId: kaltura?.referenceId ?? id,
      percent: 0,
    },
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
  let running, wake;

  const report = async () => {
    const silent = files.filter(({ error }) => error && !error.message);
    if (silent[0]) {
      const { wordsFor = String } = await import('./kaltura-words.js').catch(() => ({}));
      silent.forEach(({ error }) => { error.message = wordsFor(error.code); });
    }
    picker?.progress(files);
    // Not awaited: an exception of the page must not end the import.
    Promise.resolve(files).then(onProgress);
  };
  const set = ({ key, file, type, step }, state, percent, code) => {
    Object.assign(file, { state, percent, error: code && { code, message: options.describe?.(code) } });
    const { id, driveId, referenceId, entryId } = file;
    try {
      const storage = options.storage ?? localStorage;
      if (/ready|fai/.test(state)) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify({ id, driveId, step, entryId, kaltura: { mediaType: type, referenceId } }));
    } catch { /* storage is full or forbidden: the import works, but a reload forgets it */ }
  };
  const fail = (job, code, step = job.step) => {
    job.step = step;
    set(job, 'failed', undefined, code);
  };
  const go = (job, step) => {
    if (job.link) job.step = step;
    else fail(job, 'link_missing');
  };
  const watch = (job, status) => {
    const code = FAILED[status] ?? (/virus/.test(status) && status);
    if (code) {
      job.known.push(job.stale = job.file.entryId);
      job.sent = false;
      return fail(job, code, 'look');
    }
    job.step = 'watch';
    if (status == 2 || status == 5) set(job, 'ready', 100);
    else set(job, 'importing', status == 1 ? 60 : 20);
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
        signal: AbortSignal.timeout(6e4),
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

  const entryOf = ({ item, type, file: { name, referenceId } }) => ({
    ...(type ? { objectType: 'KalturaMediaEntry', mediaType: type }
      : { objectType: 'KalturaDocumentEntry', documentType: /\.pdf$/i.test(item.name) ? 13 : 11 }),
    name, referenceId, conversionProfileId, adminTags,
    ...(folders && { [folders]: item.kaltura?.path?.replace(/[,>]/g, ' ').replace(/\//g, folders === 'tags' ? ',' : '>') }),
    ...options.entry?.(item),
  });

  // `before`: how many requests stand before these ones.
  const requestsFor = (job, before) => {
    const { step, type, link, stale, file: { entryId, referenceId: referenceIdEqual } } = job;
    const to = (action, parameters, service = 'baseEntry') => ({ service: type ? 'media' : service, action, ...parameters });
    const feed = (id) => to('addContent', {
      entryId: id, resource: { objectType: 'KalturaUrlResource', url: safeLink(link), forceAsyncDownload: true },
    }, 'document_documents');
    if (step === 'look') {
      const objectType = type ? 'KalturaMediaEntryFilter' : 'KalturaBaseEntryFilter';
      return [to('list', { filter: { objectType, referenceIdEqual, statusIn: '0,1,2,4,5,7' } })];
    }
    if (step === 'watch') return [to('get', { entryId })];
    if (step === 'feed') return [feed(entryId)];
    job.sent = true;
    return [to('add', { entry: entryOf(job) }), feed(`{${before + 1}:result:id}`), ...(stale ? [to('delete', { entryId: stale })] : [])];
  };

  // Looking comes before adding: an entry that is there already came from an earlier try whose answer was lost, or else
  // is a duplicate and asked about.
  const found = async (job, entries) => {
    const { file, known, earlier, sent } = job;
    const others = (entries?.[0] ? entries : earlier).filter(({ id }) => !known.includes(id));
    const entry = others.find(({ status }) => status == 7) ?? others[0];
    if (entry && !sent && entry.status != 7) {
      job.step = 'ask';
      let answer = onDuplicate;
      try {
        if (answer?.call) answer = await answer(file, others);
      } catch { /* as if skipped */ }
      wake?.();
      if (answer === 'import') {
        known.push(...others.map(({ id }) => id));
        return go(job, 'add');
      }
      file.duplicate = true;
    }
    if (!entry) return go(job, 'add');
    file.entryId = entry.id;
    if (entry.status == 7) go(job, 'feed');
    else watch(job, entry.status);
  };

  const judge = (job, [first, second]) => {
    const { file, step } = job;
    if (!first || (step === 'look' && job.sent && !first.objects)) {
      if (step === 'add') job.step = 'look';
      if (step !== 'watch' && job.tries++ > 3) fail(job, 'no_answer');
      return;
    }
    job.tries = 0;
    if (step === 'look') found(job, first.objects);
    else if (step === 'watch') {
      file.name = file.name ?? first.name;
      if (/ENTRY_ID/.test(first.code)) watch(job, 3);
      else if (first.id) watch(job, first.status);
    } else if (step === 'add') {
      job.sent = job.stale = false;
      if (isError(first)) return fail(job, first.code, 'look');
      file.entryId = first.id;
      job.step = 'feed';
      if (second) judge(job, [second]);
    } else if (isError(first) && !/ALREADY/.test(first.code)) fail(job, first.code);
    else watch(job, first.status);
  };

  const loop = async () => {
    const end = Date.now() + (options.timeLimit ?? 468e5);
    let wait = 0;
    let before;
    for (;;) {
      const now = JSON.stringify(files);
      if (now !== before) await report();
      if (signal?.aborted) throw signal.reason;
      const open = mine.filter(isOpen);
      if (!open[0]) return files;
      const own = open.filter((job) => (job.owner = job.owner ?? mine) === mine);
      // A file on its way into Kaltura does not wait; one that is there, or that has met silence, does.
      if (!own.some(({ step, tries }) => !tries && /look|add|feed/.test(step))) {
        await new Promise((resolve) => { setTimeout(wake = resolve, wait); });
      }
      wait = now === before ? Math.min(wait * 1.5, pollInterval * 10) : pollInterval;
      before = now;
      const list = own.filter(({ step }) => step !== 'ask');
      for (let start = 0; start < list.length; start += batchSize) {
        const requests = [];
        const batch = list.slice(start, start + batchSize);
        const starts = batch.map((job) => {
          const asked = requestsFor(job, requests.length);
          set(job, job.file.state, job.file.percent);
          return requests.push(...asked) - asked.length;
        });
        const results = await call(requests);
        batch.forEach((job, index) => {
          judge(job, results.slice(starts[index], starts[index + 1]));
          if (isOpen(job) && Date.now() > end) fail(job, 'time_limit');
        });
      }
    }
  };
  const work = () => {
    wake?.();
    running = running ?? loop().finally(() => {
      running = undefined;
      mine.forEach((job) => { if (job.owner === mine) job.owner = undefined; });
    });
    return running;
  };
  const retry = async (...which) => {
    const list = mine.filter(({ file }) => file.state === 'failed' && (!which[0] || which.includes(file)));
    const links = (await picker?.refreshLinks(list.map(({ file }) => file)).catch(() => {})) ?? [];
    for (const job of list) {
      job.link = links.find(({ id }) => id === job.file.id)?.[LINK] ?? job.link;
      job.tries = 0;
      set(job, 'queued', 0);
    }
    return work();
  };
  signal?.addEventListener('abort', () => wake?.());
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
      const { step, entryId, ...item } = JSON.parse(storage[key]);
      const job = jobOf(item);
      found.push(job);
      if (job.owner) continue;
      job.sent = true;
      job.file.entryId = entryId;
      if (step === 'watch') job.step = step;
    }
  } catch { /* as for writing */ }
  return follow(options, found);
};
