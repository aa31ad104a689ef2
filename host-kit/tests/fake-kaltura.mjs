// A small Kaltura within the test's process, on simulated time: for what the simulator cannot be told, and for what is to be
// quick. Its rules are those of the published server, as the simulator has them; the simulator decides where they differ.
const NAMES = ['id', 'name', 'description', 'tags', 'partnerData', 'conversionProfileId'];
const ROLE_NAMES = ['referenceId', 'accessControlId', 'startDate', 'endDate'];

let entriesMade = 0;

const exception = (code, message = code) => ({ code, message, objectType: 'KalturaAPIException', args: [] });

export class FakeKaltura {
  /**
   * `rules.fault(call, kaltura)` answers a call with an error code; `rules.transport(number, calls)` breaks a request: `before`
   * it is carried out, `after` it is, `short`, `garbage`, `empty`, or `undecodable`, which drops all its calls; `rules.whole` is an error for the whole request; `rules.outcome(entry)` the status in which an import ends;
   * `rules.session` is `plain`, `reference` or `admin`.
   */
  constructor(clock, rules = {}) {
    Object.assign(this, { clock, rules, entries: [], requests: [], calls: [], uploads: [] });
    this.fetch = this.fetch.bind(this);
  }

  get alive() {
    return this.entries.filter(({ status }) => status !== 3);
  }

  /** A colleague's entry, or an earlier one of the same person. */
  put(entry) {
    const made = { id: `0_${String(++entriesMade).padStart(8, '0')}`, userId: 'noa', moderationStatus: 6, status: 2, createdAt: Math.floor(this.clock.time / 1000) - 86_400, indexedAt: 0, hasContent: true, ...entry };
    this.entries.push(made);
    return made;
  }

  async fetch(url, { body, signal } = {}) {
    const request = { url, body: typeof body === 'string' ? JSON.parse(body) : body };
    this.requests.push(request);
    if (!url.includes('/service/multirequest')) return this.other(url, body);
    const { format, clientTag, apiVersion, ks, ...numbered } = request.body;
    const calls = Object.values(numbered);
    const broken = this.rules.transport?.(this.requests.length, calls);
    const lost = () => { throw new TypeError('Failed to fetch'); };
    if (broken === 'before') lost();
    if (broken === 'hang') return new Promise((_, reject) => { signal.addEventListener('abort', () => reject(signal.reason)); });
    const whole = this.rules.whole?.(ks);
    let answer = whole ? exception(whole) : [];
    for (const call of whole || broken === 'undecodable' ? [] : calls) {
      this.calls.push({ ...call, at: this.clock.time });
      if (this.rules.callMs) await this.clock.wait(this.rules.callMs);
      answer.push(this.perform(JSON.parse(JSON.stringify(call)), ks));
    }
    if (broken === 'after') lost();
    if (broken === 'garbage') return new Response('<html>Bad gateway</html>', { status: 200 });
    if (broken === 'short') answer = answer.slice(0, -1);
    if (broken === 'empty') answer = [];
    if (this.rules.wrap) answer = { result: whole ? { error: answer } : answer };
    return new Response(JSON.stringify(answer));
  }

  async other(url, body) {
    if (url.includes('/service/uploadtoken/action/upload')) {
      const file = body.get('fileData');
      this.uploads.push({ id: body.get('uploadTokenId'), fileName: file.name, size: file.size });
      return new Response(JSON.stringify({ id: body.get('uploadTokenId'), objectType: 'KalturaUploadToken' }));
    }
    if (this.rules.unreadableLinks) throw new TypeError('Failed to fetch');
    return new Response('bytes');
  }

  perform(call, ks) {
    const fault = this.rules.fault?.(call, this);
    if (fault) return typeof fault === 'string' ? exception(fault) : exception(fault.code, fault.message);
    if (!ks) return exception('MISSING_KS');
    this.progress();
    const action = this[`${call.service}_${call.action}`] ?? this[`any_${call.action}`];
    return action ? action.call(this, call) : exception('SERVICE_DOES_NOT_EXISTS');
  }

  /** What the import jobs have done since. */
  progress() {
    for (const entry of this.entries) {
      const after = this.clock.time - (entry.fedAt ?? Infinity);
      const importMs = this.rules.importMs?.(entry) ?? 30_000;
      if (entry.status === 0 && after > importMs) {
        const end = this.rules.outcome?.(entry) ?? 2;
        entry.status = end === 2 || end === -1 ? 1 : end;
        entry.end = end;
      }
      if (entry.status === 1 && after > importMs + 20_000) {
        entry.status = entry.end ?? 2;
        entry.hasContent = entry.status === 2;
      }
      if (entry.replacingEntryId && after > importMs) Object.assign(entry, { replacingEntryId: undefined, hasContent: true, duration: 5 });
    }
  }

  show({ indexedAt, fedAt, hasContent, end, link, ...entry }) {
    return { ...entry, status: this.rules.stringStatus ? String(entry.status) : entry.status };
  }

  user_get() {
    return { id: 'noa', objectType: 'KalturaUser' };
  }

  any_add({ entry: given }) {
    if ('adminTags' in given && this.rules.session !== 'admin') return exception('PROPERTY_VALIDATION_ADMIN_PROPERTY');
    const kept = this.rules.session && this.rules.session !== 'plain' ? [...NAMES, ...ROLE_NAMES, 'adminTags', 'categories'] : NAMES;
    const names = [...kept.filter((name) => !(this.rules.drops ?? []).includes(name)), 'objectType', 'mediaType', 'documentType'];
    const entry = this.put({
      ...Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]])),
      id: `1_${String(++entriesMade).padStart(8, '0')}`,
      status: this.rules.draftsAreReady ? 2 : 7,
      moderationStatus: this.rules.moderation ? 1 : 6,
      createdAt: Math.floor(this.clock.time / 1000),
      indexedAt: this.clock.time + (this.rules.indexLagMs ?? 0),
      hasContent: false,
    });
    return this.show(entry);
  }

  own(entryId) {
    const entry = this.alive.find(({ id }) => id === entryId);
    if (!entry) return { error: exception('ENTRY_ID_NOT_FOUND') };
    return entry.userId === 'noa' ? { entry } : { error: exception('INVALID_KS', 'Invalid KS "…", Error "-4,INVALID_TYPE"') };
  }

  any_addContent({ entryId, resource }) {
    const { entry, error } = this.own(entryId);
    if (error) return error;
    if (entry.status !== 7) return exception('ENTRY_ALREADY_WITH_CONTENT');
    Object.assign(entry, { status: 0, fedAt: this.clock.time, resource, link: resource.url });
    return this.show(entry);
  }

  any_updateContent(call) {
    const { entry, error } = this.own(call.entryId);
    if (error) return error;
    if (entry.status === 7) return this.any_addContent(call);
    if (this.rules.noReplacement) return exception('FEATURE_FORBIDDEN');
    Object.assign(entry, { replacingEntryId: '1_replacing', fedAt: this.clock.time, resource: call.resource, link: call.resource.url });
    return this.show(entry);
  }

  any_delete({ entryId }) {
    const { entry, error } = this.own(entryId);
    if (error) return error;
    entry.status = 3;
    return null;
  }

  baseEntry_getByIds({ entryIds }) {
    return entryIds.split(',').map((id) => this.alive.find((entry) => entry.id === id)).filter(Boolean).map((entry) => this.show(entry));
  }

  uploadToken_add({ uploadToken }) {
    return { ...uploadToken, id: `token-${this.requests.length}` };
  }

  any_list({ filter }) {
    const isIn = (list, value) => list === undefined || list.split(',').includes(String(value));
    const is = (wanted, value) => wanted === undefined || wanted === value;
    const byReference = filter.referenceIdEqual !== undefined || filter.referenceIdIn !== undefined;
    const objects = this.alive.filter((entry) => isIn(filter.statusIn ?? '2', entry.status)
      && isIn(filter.moderationStatusIn ?? '2,5,6', entry.moderationStatus)
      && is(filter.userIdEqual ?? (byReference ? undefined : 'noa'), entry.userId)
      && isIn(filter.referenceIdIn, entry.referenceId) && is(filter.nameEqual, entry.name)
      && (entry.createdAt >= (filter.createdAtGreaterThanOrEqual ?? 0)) && entry.indexedAt <= this.clock.time);
    return { objects: objects.map((entry) => this.show(entry)), totalCount: objects.length, objectType: 'KalturaBaseEntryListResponse' };
  }
}

let runs = 0;

/** Picked items. Ids differ from test to test, since a page remembers what it has imported. */
export const pick = (count, more = () => ({})) => {
  const run = ++runs;
  return Array.from({ length: count }, (_, index) => ({
    id: `ITEM${run}X${index}`,
    name: `Lecture ${run}-${index}.mp4`,
    parentReference: { driveId: 'b!drive' },
    '@microsoft.graph.downloadUrl': `https://host.example/a//b/download.aspx?tempauth=${index}//x`,
    kaltura: { mediaType: 1, name: `Lecture ${run}-${index}`, referenceId: `ITEM${run}X${index}` },
    ...more(index),
  }));
};
