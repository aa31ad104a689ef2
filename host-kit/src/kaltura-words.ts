// English words for the codes of a failed file, with a next step each, for pages without a picker: the picker has words of
// its own, in ten languages. kaltura-import.js loads this file when a file has failed.

/** The first pattern that fits counts. Codes in small letters are the kit's, those in capitals Kaltura's. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^not_own_entry/, 'The entry of this file belongs to somebody else. Choose the file again.'],
  [/session_ended|_KS$|^EXPIRED/, 'Your Kaltura session has ended. Sign in again; the import then goes on.'],
  [/^ACTION_BLOCKED/, 'Kaltura takes no more requests from this account for now. Try again in a few minutes.'],
  [/^LOCK_TIMED_OUT/, 'Kaltura was busy with this entry. Try again.'],
  [/CATEGORY_FIELD_IS_DEPRECATED|CATEGORIES|CATEGORY_NOT/, 'This page sets a category that your session may not set. Ask the administrator of this page.'],
  [/ADMIN_PROPERTY/, 'This page sets something that only an administrator may set. Ask the administrator of this page.'],
  [/REPLACEMENT|FEATURE_FORBIDDEN/, 'This Kaltura account cannot put content into an entry that is ready. Ask its administrator.'],
  [/FORBIDDEN|BLOCKED|PERMISSION/, 'Kaltura does not let you do this. Ask its administrator.'],
  [/PARTNER/, 'The Kaltura account of this page does not exist. Ask the administrator of this page.'],
  [/PROFILE_ID/, 'The conversion profile of this page does not exist in Kaltura. Ask the administrator of this page.'],
  [/ENTRY_ALREADY_WITH_CONTENT/, 'The entry has other content already. Choose the file again.'],
  [/ENTRY_ID/, 'The entry is no longer in Kaltura. Choose the file again.'],
  [/UNSAFE_HTML_TAGS|PARAMETER_CHAR/, 'Kaltura does not accept the name or the description of this file. Rename it and choose it again.'],
  [/MAX_FILE_SIZE|FILE_SIZE/, 'The file is larger than this Kaltura account allows.'],
  [/_TYPE_(NOT|RESTRICTED)|image_type/, 'Kaltura does not accept this type of file. Save it as another type and choose it again.'],
  [/MANDATORY|CANNOT_BE_NULL|MIN_LENGTH|WRONG_FORMAT|OBJECT_TYPE|ENUM|SERVICE|ACTION|VALIDATION/, 'Kaltura did not understand the request of this page. Ask the administrator of this page.'],
  [/ERROR_IMPORTING/, 'Kaltura could not download the file. Its link may have expired: try again.'],
  [/ERROR_CONVERTING/, 'Kaltura could not convert the file. Is it whole, and can it be played?'],
  [/no_content/, 'Kaltura has an entry for the file, but not its content. Try again.'],
  [/virusScan\.Infected/, 'The file has a virus.'],
  [/virusScan/, 'Kaltura could not look for viruses in the file. Try again later.'],
  [/link_missing/, 'The link to the file is gone. Choose the file again.'],
  [/no_answer/, 'Kaltura did not answer. Try again.'],
  [/time_limit/, 'Kaltura has not finished yet. Try again to look once more.'],
  [/INTERNAL/, 'Kaltura had an error of its own. Try again.'],
];

/** English words for an error's code, as `kaltura-import.js` uses them; a code that nobody knows is named. */
export const wordsFor = (code: string): string =>
  WORDS.find(([pattern]) => pattern.test(code))?.[1] ?? `Kaltura did not accept the file (${code}).`;
