// Why a file, or a call, came to nothing.

/** Ends one file, with a code of Kaltura's or of ours. */
export class FileFailure extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** The answer `KalturaAPIException`: Kaltura has refused the call. */
export interface KalturaError {
  code: string;
  message: string;
}

/** Whether an answer is an error. Errors come with HTTP status 200. */
export const isKalturaError = (answer: unknown): answer is KalturaError => {
  const { code, message } = (answer ?? {}) as Partial<KalturaError>;
  return typeof code === 'string' && typeof message === 'string';
};

/** The session has ended or is none. INVALID_KS with `-4,INVALID_TYPE` is about somebody else's entry instead. */
export const isSessionError = ({ code, message }: KalturaError) =>
  /^(INVALID|MISSING|EXPIRED)_KS$/.test(code) && !/-4,\s*INVALID_TYPE/.test(message);

/** Not carried out: a rate limit, which passes by itself. */
export const isBlocked = ({ code }: KalturaError) => code === 'ACTION_BLOCKED' || code === 'LOCK_TIMED_OUT';

/** Kaltura broke down within the call: nobody knows whether it was carried out. */
export const isInternalError = ({ code }: KalturaError) => code.startsWith('INTERNAL_');

/** The code that a refused call gives its file. */
export const codeOf = ({ code, message }: KalturaError) => (/-4,\s*INVALID_TYPE/.test(message) ? 'not_own_entry' : code);
