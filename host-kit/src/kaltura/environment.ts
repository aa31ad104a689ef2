// Time, randomness and network come from here, so that tests need no real time.

/** What the import takes from its surroundings. */
export interface Environment {
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends early, without an error, when `signal` is aborted. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

export const browserEnvironment: Environment = {
  now: () => Date.now(),
  wait: (milliseconds, signal) => new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  }),
  random: () => Math.random(),
  fetch: (url, init) => fetch(url, init),
};

/** Fetches, and gives up when no whole answer has come in time. */
export const fetchWithin = async <Result>(
  milliseconds: number, environment: Environment, url: string, init: RequestInit, read: (response: Response) => Promise<Result>,
): Promise<Result> => {
  const request = new AbortController();
  const answered = new AbortController();
  environment.wait(milliseconds, answered.signal).then(() => request.abort());
  try {
    return await read(await environment.fetch(url, { ...init, signal: request.signal }));
  } finally {
    answered.abort();
  }
};
