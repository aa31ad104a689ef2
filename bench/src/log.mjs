/** @file What the servers of a run were asked for. */

/** Milliseconds since 1970 with fractions: the clock that pages have as well (`performance.timeOrigin + performance.now()`). */
export const clock = () => performance.timeOrigin + performance.now();

/**
 * @typedef {object} Entry
 * @property {'site' | 'graph' | 'host' | 'companion'} party who was asked
 * @property {string} kind `page`, `asset`, `listing`, `batch`, `thumbnail`, `preflight`, `other`
 * @property {string} method
 * @property {string} path with the query
 * @property {string | undefined} initiator the page that asked, as far as the browser says
 * @property {number} at when the request arrived
 * @property {number | undefined} ended when its answer was given to the line
 * @property {number} bytes of the answer's body as it is sent; what headers weigh depends on the server
 * @property {number} status
 * @property {number} [parts] of a batch: requests for thumbnails
 */

export class Log {
  /** @type {Entry[]} */ entries = [];

  /** Begins anew, for the next visit. */
  clear() {
    this.entries = [];
  }

  /** Notes a request, and its answer when that is complete. */
  note({ party, kind, request, response }) {
    const entry = {
      party, kind, method: request.method, path: request.url,
      initiator: request.headers.referer ?? request.headers.origin,
      at: clock(), ended: undefined, bytes: 0, status: 0,
    };
    this.entries.push(entry);
    response.on('finish', () => {
      entry.ended = clock();
      entry.status = response.statusCode;
    });
    return entry;
  }
}
