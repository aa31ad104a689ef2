// Exponential backoff with jitter: clients that failed together do not come back together.
import type { Environment } from './environment.js';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** How long to wait after the `attempt`-th failure, from 0: half to all of 2, 4, 8 … 60 seconds. */
export const backoff = (attempt: number, { random }: Environment): number => {
  const full = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
  return full / 2 + random() * (full / 2);
};
