// What is sent for one file: the entry, and where its content comes from.
import type { PickedItem } from '../types.js';
import type { Call } from './client.js';
import type { ImportOptions, ImportWarning, KalturaEntry } from './types.js';

const IMAGE = 2;
const DOCUMENT_TYPE_DOCUMENT = 11;
const DOCUMENT_TYPE_PDF = 13;
/** Kaltura cuts longer names, and then an entry would not be found by its name. */
const MAX_NAME_BYTES = 256;

/** Kaltura's own numbers: none is a document. */
export type KalturaMediaType = 1 | 2 | 5 | null | undefined;

/** A link without a second `//`: Kaltura would make it `/` and so break the link. */
export const safeLink = (link: string): string =>
  link.replace(/^\w+:\/\/|\/\//g, (part) => (part.length > 2 ? part : '%2F%2F'));

export const linkOf = (item: PickedItem): string | undefined => item['@microsoft.graph.downloadUrl'] ?? item['@content.downloadUrl'];

/** Kaltura knows jpg, bmp, png, gif and tiff as images. Others get the wrong extension and never show: they are refused. */
export const isUnsupportedImage = ({ name = '', file, kaltura }: PickedItem): boolean =>
  kaltura?.mediaType === IMAGE && (/\.(heic|heif|webp|avif)$/i.test(name) || /^image\/(heic|heif|webp|avif)/i.test(file?.mimeType ?? ''));

/** Half a surrogate makes PHP drop the whole body; other control characters are refused. */
const wellFormed = (text: string): string =>
  text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (part) => (part.length > 1 ? part : '\uFFFD'))
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, ' ');

const wellFormedValues = (value: unknown): unknown => {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(wellFormedValues);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, wellFormedValues(member)]));
};

const cutToBytes = (text: string, limit: number): string => {
  const encoder = new TextEncoder();
  let characters = [...text];
  while (encoder.encode(characters.join('')).length > limit) characters = characters.slice(0, -1);
  return characters.join('');
};

/** The name of the entry: without its extension, as Kaltura will keep it. */
export const nameOf = ({ name, kaltura }: PickedItem): string | undefined => {
  const text = kaltura?.name ?? name?.replace(/(.)\.\w+$/, '$1');
  return text === undefined ? undefined : cutToBytes(wellFormed(text).trim(), MAX_NAME_BYTES);
};

const foldersOf = ({ kaltura }: PickedItem, folders: ImportOptions['folders']) => {
  if (!folders || !kaltura?.path) return {};
  const separator = folders === 'tags' ? ',' : '>';
  return { [folders]: kaltura.path.replace(/[,>]/g, ' ').replace(/\//g, separator) };
};

/** The service of an entry's kind. */
export const serviceFor = (mediaType: KalturaMediaType) => (mediaType ? 'media' : 'baseEntry');

/** What becomes of an item: the properties of a new entry, with the mark by which this import knows it again. */
export const entryFor = (item: PickedItem, options: ImportOptions, referenceId: string, mark: string): { [property: string]: unknown } => {
  const mediaType = item.kaltura?.mediaType;
  const isPdf = /\.pdf$/i.test(item.name ?? '');
  const kind = mediaType
    ? { objectType: 'KalturaMediaEntry', mediaType, conversionProfileId: options.conversionProfileId }
    // A conversion profile is one for media: a document would go through it and fail.
    : { objectType: 'KalturaDocumentEntry', documentType: isPdf ? DOCUMENT_TYPE_PDF : DOCUMENT_TYPE_DOCUMENT };
  const entry = {
    ...kind,
    name: nameOf(item),
    adminTags: options.adminTags,
    partnerData: mark,
    ...foldersOf(item, options.folders),
    ...options.entry?.(item),
    referenceId,
  };
  return wellFormedValues(entry) as { [property: string]: unknown };
};

export const addCall = (mediaType: KalturaMediaType, entry: object): Call => ({ service: serviceFor(mediaType), action: 'add', entry });

/** What Kaltura downloads, or has been sent: the source of an entry's content. */
export type Resource =
  | { objectType: 'KalturaUrlResource'; url: string; forceAsyncDownload: true }
  | { objectType: 'KalturaUploadedFileTokenResource'; token: string };

/** Always in the background: Kaltura downloads an image within the call otherwise. */
export const urlResource = (link: string): Resource => ({ objectType: 'KalturaUrlResource', url: safeLink(link), forceAsyncDownload: true });

/** Puts content into an empty entry; `isReady` is one that Kaltura calls ready although it is empty. */
export const contentCall = (mediaType: KalturaMediaType, entryId: string, resource: Resource, isReady: boolean): Call => {
  if (isReady) return { service: serviceFor(mediaType), action: 'updateContent', entryId, resource };
  return { service: mediaType ? 'media' : 'document_documents', action: 'addContent', entryId, resource };
};

/** Kaltura sets what a session may not set to nothing, and says nothing. */
export const droppedProperties = (sent: { [property: string]: unknown }, answered: KalturaEntry): ImportWarning[] =>
  ['referenceId', 'accessControlId', 'startDate', 'endDate', 'adminTags', 'categories', 'conversionProfileId', 'tags', 'description']
    .filter((property) => sent[property] !== undefined && sent[property] !== '' && answered[property] === undefined)
    .map((property) => ({ code: 'property_dropped', property }));
