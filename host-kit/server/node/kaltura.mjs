// Calls to Kaltura with an administrator session, which never leaves the server.

const SESSION_SECONDS = 3_600;
const RENEW_BEFORE_MS = 5 * 60_000;
const REQUEST_TIMEOUT_MS = 120_000;
const ADMINISTRATOR = 2;

/** An answer that is an error: `code` is Kaltura's. */
export class KalturaRefused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** There was no answer to trust: the call may have been carried out. */
export class KalturaSilent extends Error {}

export class Kaltura {
  constructor({ serviceUrl, partnerId, adminSecret, now = Date.now }) {
    Object.assign(this, { serviceUrl, partnerId, adminSecret, now, sessionEnds: 0 });
  }

  /** Fails with `KalturaRefused` or `KalturaSilent`. */
  async call(service, action, parameters) {
    try {
      return await this.send(service, action, { ...parameters, ks: await this.session() });
    } catch (error) {
      if (error.code !== 'INVALID_KS') throw error;
      // The session has ended earlier than it should. An INVALID_KS was not carried out, so the call may be repeated.
      this.sessionEnds = 0;
      return this.send(service, action, { ...parameters, ks: await this.session() });
    }
  }

  async session() {
    if (this.now() > this.sessionEnds - RENEW_BEFORE_MS) {
      this.ks = await this.send('session', 'start', {
        secret: this.adminSecret, userId: '', type: ADMINISTRATOR, partnerId: this.partnerId, expiry: SESSION_SECONDS, privileges: 'disableentitlement',
      });
      this.sessionEnds = this.now() + SESSION_SECONDS * 1_000;
    }
    return this.ks;
  }

  async send(service, action, parameters) {
    let answer;
    try {
      const response = await fetch(`${this.serviceUrl}/api_v3/service/${service}/action/${action}?format=1`, {
        method: 'POST',
        // Exactly this: Kaltura does not read "application/json; charset=utf-8".
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ clientTag: 'onedrive-picker-server', apiVersion: '3.3.0', format: 1, ...parameters }),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      answer = await response.json();
    } catch {
      throw new KalturaSilent();
    }
    if (answer?.objectType === 'KalturaAPIException') {
      if (String(answer.code).startsWith('INTERNAL_')) throw new KalturaSilent();
      throw new KalturaRefused(answer.code);
    }
    return answer;
  }
}
