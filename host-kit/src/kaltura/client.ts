// Kaltura's API as the import needs it: calls that are made at about the same time share a multirequest, and whatever
// passes by itself (rate limits, load balancers, lost connections, a session that is renewed) is waited for.
import { backoff } from './backoff.js';
import { fetchWithin } from './environment.js';
import type { Environment } from './environment.js';
import { FileFailure, codeOf, isBlocked, isInternalError, isKalturaError, isSessionError } from './failure.js';
import type { KalturaError } from './failure.js';

/** One call within a multirequest. */
export interface Call {
  service: string;
  action: string;
  [parameter: string]: unknown;
}

/**
 * What became of one call that is not to be repeated blindly. `lost`: there was no answer to trust, and the call may have
 * been carried out.
 */
export type Outcome =
  | { kind: 'done'; result: unknown }
  | { kind: 'refused'; error: KalturaError }
  | { kind: 'lost' };

interface ClientOptions {
  serviceUrl: string;
  ks: string | (() => string | PromiseLike<string>);
  batchSize?: number;
}

interface QueuedCall {
  call: Call;
  settle(outcome: Outcome): void;
}

/** Kaltura's calls of one multirequest run one after the other; more of them would only answer later. */
export const CALLS_PER_REQUEST = 10;
const REQUESTS_AT_ONCE = 3;
/** Ten calls that take a minute each are answered within this time. */
const REQUEST_TIMEOUT_MS = 10 * 60_000;
/** So long a call waits for others to share its request. */
const COLLECT_MS = 20;
/** So long what passes by itself is waited for. */
const PATIENCE_LIMIT_MS = 15 * 60_000;
/** So long a page has to come up with a new session. */
const SESSION_LIMIT_MS = 3 * 60_000;

export class KalturaClient {
  private readonly url: string;
  private readonly batchSize: number;
  private queue: QueuedCall[] = [];
  private requestsUnderWay = 0;
  private isCollecting = false;
  /** Rate limits count every call of the account, so all calls wait together. */
  private blockedUntil = 0;

  /** `onWait` is told the code of what is waited for, and undefined when Kaltura answers again. */
  constructor(
    private readonly options: ClientOptions,
    private readonly environment: Environment,
    private readonly onWait: (code: string | undefined) => void,
  ) {
    this.url = `${options.serviceUrl.replace(/\/*(api_v3\/*)?$/, '')}/api_v3/service/multirequest?format=1`;
    this.batchSize = Math.max(1, Math.min(options.batchSize ?? CALLS_PER_REQUEST, CALLS_PER_REQUEST));
  }

  /**
   * A call that may be repeated: a read, or a delete. Fails with a `FileFailure` if Kaltura refuses it, or if it stays silent
   * for a quarter of an hour.
   */
  async read<Result>(call: Call): Promise<Result> {
    const { now } = this.environment;
    const start = now();
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.write(call, attempt > 0);
      if (outcome.kind === 'done') return outcome.result as Result;
      if (outcome.kind === 'refused') throw new FileFailure(codeOf(outcome.error));
      if (now() - start > PATIENCE_LIMIT_MS) throw new FileFailure('no_answer');
      await this.pause('no_answer', attempt);
    }
  }

  /**
   * A call that may not be repeated blindly. It is sent again only where Kaltura says that it did not carry it out.
   * `alone`: in a request of its own, so that whatever breaks the request befalls no other call. Fails with a `FileFailure`
   * if the session has ended and there is no new one.
   */
  async write(call: Call, alone = false): Promise<Outcome> {
    const { now } = this.environment;
    const start = now();
    for (let attempt = 0; ; attempt++) {
      while (now() < this.blockedUntil) await this.environment.wait(this.blockedUntil - now());
      const outcome = await (alone ? this.sendAlone(call) : this.enqueue(call));
      if (outcome.kind !== 'refused') {
        if (outcome.kind === 'done') this.onWait(undefined);
        return outcome;
      }
      const { error } = outcome;
      if (isSessionError(error)) {
        if (typeof this.options.ks === 'string' || now() - start > SESSION_LIMIT_MS) throw new FileFailure('session_ended');
        // The next request asks the page for a session again; the first time there is nothing to wait for.
        if (attempt > 0) await this.pause('session_ended', attempt);
      } else if (isBlocked(error)) {
        if (now() - start > PATIENCE_LIMIT_MS) return outcome;
        const wait = backoff(attempt, this.environment);
        this.blockedUntil = Math.max(this.blockedUntil, now() + wait);
        this.onWait(error.code);
      } else return outcome;
    }
  }

  /** A session that is valid now, as the page gives it. */
  async session(): Promise<string> {
    const { ks } = this.options;
    return typeof ks === 'function' ? ks() : ks;
  }

  private async pause(code: string, attempt: number) {
    this.onWait(code);
    await this.environment.wait(backoff(attempt, this.environment));
  }

  private enqueue(call: Call): Promise<Outcome> {
    return new Promise((settle) => {
      this.queue.push({ call, settle });
      this.collect();
    });
  }

  private async collect() {
    if (this.isCollecting || this.requestsUnderWay >= REQUESTS_AT_ONCE) return;
    this.isCollecting = true;
    await this.environment.wait(COLLECT_MS);
    this.isCollecting = false;
    while (this.queue.length > 0 && this.requestsUnderWay < REQUESTS_AT_ONCE) {
      this.sendBatch(this.queue.splice(0, this.batchSize));
    }
  }

  private async sendBatch(batch: QueuedCall[]) {
    this.requestsUnderWay++;
    const outcomes = await this.send(batch.map(({ call }) => call));
    this.requestsUnderWay--;
    batch.forEach(({ settle }, index) => settle(outcomes[index] ?? { kind: 'lost' }));
    if (this.queue.length > 0) this.collect();
  }

  private async sendAlone(call: Call): Promise<Outcome> {
    const [outcome] = await this.send([call]);
    return outcome ?? { kind: 'lost' };
  }

  /** One multirequest. An outcome for each call, in their order. */
  private async send(calls: Call[]): Promise<Outcome[]> {
    let body: string;
    try {
      const numbered = Object.fromEntries(calls.map((call, index) => [index + 1, call]));
      body = JSON.stringify({ format: 1, clientTag: 'onedrive-picker', apiVersion: '3.3.0', ks: await this.session(), ...numbered });
    } catch {
      // The page has no session to give. Nothing was sent, so this is the same as a session that has ended.
      const error = { code: 'MISSING_KS', message: 'the page gave no session' };
      return calls.map(() => ({ kind: 'refused', error }));
    }
    try {
      // Exactly this type: Kaltura does not read the body of "application/json; charset=utf-8".
      const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
      const answer: unknown = await fetchWithin(REQUEST_TIMEOUT_MS, this.environment, this.url, request, (response) => response.json());
      return calls.map((_, index) => outcomeOf(answer, index));
    } catch {
      // A lost connection, the page of a load balancer (without CORS headers, so `fetch` rejects), half an answer.
      return calls.map(() => ({ kind: 'lost' }));
    }
  }
}

/** The outcome of the `index`-th call in the answer to a multirequest. */
const outcomeOf = (answer: unknown, index: number): Outcome => {
  // Other back ends of Kaltura wrap what they answer: {"result": […]}, {"result": {"error": {…}}}.
  const unwrapped = (answer as { result?: unknown } | null)?.result ?? answer;
  // An error for the whole request stands where the list should be.
  const results = Array.isArray(unwrapped) ? unwrapped : undefined;
  if (results && index >= results.length) return { kind: 'lost' };
  const one: unknown = results ? results[index] : unwrapped;
  const result = (one as { error?: unknown } | null)?.error ?? one;
  if (isKalturaError(result)) return isInternalError(result) ? { kind: 'lost' } : { kind: 'refused', error: result };
  return results ? { kind: 'done', result } : { kind: 'lost' };
};
