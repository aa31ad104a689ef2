// What the state of an entry says about its file. https://developer.kaltura.com/api-docs/General_Objects/Enums/KalturaEntryStatus
import { FileFailure } from './failure.js';
import type { ImportFile, KalturaEntry } from './types.js';

/** Kaltura's own numbers; they come as numbers or as texts. */
const NO_CONTENT = '7';
const IMPORT = '0';
const READY = '2';
const MODERATE = '5';
const FAILURES: { [status: string]: string | undefined } = {
  '-2': 'ERROR_IMPORTING',
  '-1': 'ERROR_CONVERTING',
  3: 'ENTRY_ID_NOT_FOUND',
  6: 'BLOCKED',
};

const MODERATION: { [moderationStatus: string]: ImportFile['moderation'] } = { 1: 'pending', 3: 'rejected' };

/** Kaltura is still to download, or is downloading. */
export const isDownloading = ({ status }: KalturaEntry) => String(status) === IMPORT || String(status) === NO_CONTENT;

export const isEmpty = ({ status }: KalturaEntry) => String(status) === NO_CONTENT;

export const isReady = ({ status }: KalturaEntry) => String(status) === READY || String(status) === MODERATE;

/** New content is on its way into an entry that is ready. */
export const isBeingReplaced = ({ replacingEntryId }: KalturaEntry) => Boolean(replacingEntryId);

/** Whether an entry shows by itself that it has content. */
export const showsContent = ({ duration, msDuration, flavorParamsIds, width }: KalturaEntry) =>
  [duration, msDuration, width].some((number) => Number(number) > 0) || Boolean(flavorParamsIds);

export const moderationOf = ({ status, moderationStatus }: KalturaEntry): ImportFile['moderation'] =>
  (String(status) === MODERATE ? 'pending' : MODERATION[String(moderationStatus)]);

/** Fails with the code of an entry that will never be ready. */
export const checkNotFailed = ({ status }: KalturaEntry) => {
  const code = FAILURES[String(status)] ?? (String(status).startsWith('virusScan') ? String(status) : undefined);
  if (code) throw new FileFailure(code);
};
