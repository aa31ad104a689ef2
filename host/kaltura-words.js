// Kaltura's error codes in words. kaltura-import.js loads this file when a file has failed.

// The first pattern that fits counts. Codes in small letters are ours.
const WORDS = [
  [/_KS/, 'Your Kaltura session has ended. Sign in again.'],
  [/ADMIN_PROPERTY/, 'This page sets something that only an administrator may set.'],
  [/FORBIDDEN|BLOCKED|PERMISSION/, 'Kaltura does not let you do this. Ask its administrator.'],
  [/PARTNER/, 'The Kaltura account of this page does not exist.'],
  [/PROFILE_ID/, 'The conversion profile of this page does not exist in Kaltura.'],
  [/ENTRY_ID/, 'The entry is no longer in Kaltura.'],
  [/_TYPE_(NOT|RESTRICTED)/, 'Kaltura does not accept this type of file.'],
  [/MANDATORY|CANNOT_BE_NULL|OBJECT_TYPE|ENUM|SERVICE|ACTION/, 'Kaltura did not understand the request of this page.'],
  [/ERROR_IMPORTING/, 'Kaltura could not download the file. Its link may have expired.'],
  [/ERROR_CONVERTING/, 'Kaltura could not convert the file.'],
  [/virusScan\.Infected/, 'The file has a virus.'],
  [/virusScan/, 'Kaltura could not look for viruses in the file.'],
  [/link_missing/, 'The link to the file is gone. Choose the file again.'],
  [/no_answer/, 'Kaltura did not answer. Try again.'],
  [/time_limit/, 'Kaltura has not finished yet. Try again to look once more.'],
  [/INTERNAL/, 'Kaltura had an error of its own. Try again.'],
];

/** The words for a code; a code that nobody knows is named. */
export const wordsFor = (code) =>
  (WORDS.find(([pattern]) => pattern.test(code)) ?? [0, `Kaltura did not accept the file (${code}).`])[1];
