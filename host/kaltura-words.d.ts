/** English words for an error's code, as `kaltura-import.js` uses them. */
export function wordsFor(code: string): string;
