// A small Kaltura: multirequest with references, errors with HTTP 200, exact content type, asynchronous import.
import { createServer } from 'node:http';

const exception = (code, message = code) => ({ code, message, objectType: 'KalturaAPIException', args: [] });

/** A store that behaves like localStorage: what it holds are its own properties. */
export const memoryStorage = () => Object.create({
  getItem(key) { return this[key] ?? null; },
  setItem(key, value) { this[key] = String(value); },
  removeItem(key) { delete this[key]; },
});

/**
 * `rules.fault(call, entries)` may answer any single call with an error code; `rules.transport(count, body)` may break the
 * whole request: "before" it is carried out, "after" it is, "short" cuts the answer, "garbage" is not JSON;
 * `rules.outcome(entry)` is the status in which an import ends.
 */
export const startKaltura = async (rules = {}) => {
  const entries = [];
  const requests = [];
  const find = (id) => entries.find((entry) => entry.id === id && entry.status !== 3);

  const perform = (call) => {
    const fault = rules.fault?.(call, entries);
    if (fault) return exception(fault);
    if (!call.ks && !rules.anonymous) return exception('MISSING_KS');
    switch (call.action) {
      case 'add': {
        if (!call.entry?.objectType) return exception('INVALID_OBJECT_TYPE');
        if ('adminTags' in call.entry && !rules.admin) return exception('PROPERTY_VALIDATION_ADMIN_PROPERTY');
        const entry = { ...call.entry, id: `1_${String(entries.length + 1).padStart(8, '0')}`, status: 7, polls: 0 };
        entries.push(entry);
        return { ...entry };
      }
      case 'addContent': {
        const entry = find(call.entryId);
        if (!entry) return exception('ENTRY_ID_NOT_FOUND');
        if (entry.status !== 7) return exception('ENTRY_ALREADY_WITH_CONTENT');
        if (!call.resource?.url) return exception('PROPERTY_VALIDATION_CANNOT_BE_NULL');
        Object.assign(entry, { status: 0, link: call.resource.url, async: call.resource.forceAsyncDownload });
        return { ...entry };
      }
      case 'delete': {
        const entry = find(call.entryId);
        if (!entry) return exception('ENTRY_ID_NOT_FOUND');
        entry.status = 3;
        return null;
      }
      case 'get': {
        const entry = find(call.entryId);
        if (!entry) return exception('ENTRY_ID_NOT_FOUND');
        if (entry.status === 0 && ++entry.polls > 1) entry.status = 1;
        else if (entry.status === 1) entry.status = rules.outcome?.(entry) ?? 2;
        return { ...entry, status: rules.stringStatus ? String(entry.status) : entry.status };
      }
      case 'list': {
        const { referenceIdEqual, statusIn = '2' } = call.filter;
        const objects = entries.filter(({ referenceId, status }) => referenceId === referenceIdEqual && statusIn.split(',').includes(String(status)));
        return { objects, totalCount: objects.length, objectType: 'KalturaMediaListResponse' };
      }
      default: return exception('SERVICE_DOES_NOT_EXISTS');
    }
  };

  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => { text += chunk; });
    request.on('end', () => {
      const record = { url: request.url, headers: request.headers, text };
      requests.push(record);
      if (request.headers['content-type'] !== 'application/json') return response.end('<xml/>');
      const body = JSON.parse(text);
      record.body = body;
      if (!body[1]) throw new Error('a multirequest without a request');
      const broken = rules.transport?.(requests.length, body);
      if (broken === 'before') return response.socket.destroy();
      const { ks } = body;
      let answer;
      if (rules.whole?.(body)) answer = exception(rules.whole(body));
      else {
        answer = [];
        for (let number = 1; body[number]; number++) {
          const call = JSON.parse(JSON.stringify({ ...body[number], ks })
            .replace(/\{(\d+):result:(\w+)\}/g, (whole, index, property) => answer[index - 1]?.[property] ?? whole));
          answer.push(perform(call));
        }
      }
      if (broken === 'after') return response.socket.destroy();
      if (broken === 'garbage') return response.end('<html>Bad gateway</html>');
      if (broken === 'short') answer = answer.slice(0, -1);
      if (rules.wrap) answer = { result: answer.code ? { error: answer } : answer };
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify(answer));
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    entries, requests,
    alive: () => entries.filter(({ status }) => status !== 3),
    serviceUrl: `http://127.0.0.1:${server.address().port}`,
    stop: () => { server.closeAllConnections(); server.close(); },
  };
};
