// The types that the picker's and the import's modules share.

/** A kind of media that the picker may show. */
export type MediaType = 'video' | 'audio' | 'image' | 'document';

/** What the picker says about an item for Kaltura's sake. */
export interface KalturaHints {
  /** Kaltura's number: video 1, image 2, audio 5. None: a document. */
  mediaType?: 1 | 2 | 5 | null;
  /** The name without its extension. */
  name?: string;
  /** What identifies the file in Kaltura: the driveItem's id. */
  referenceId?: string;
  /** The folders from the chosen folder to the file, for example `Lectures/Week 1`. */
  path?: string;
}

/** A picked driveItem of Microsoft Graph. Members beyond these are passed on as Graph gave them. */
export interface PickedItem {
  id: string;
  name?: string;
  /** In bytes. */
  size?: number;
  webUrl?: string;
  parentReference?: { driveId?: string; id?: string; path?: string; [member: string]: unknown };
  /** The base to ask for the item: `{endpoint}/drives/{parentReference.driveId}/items/{id}`. */
  '@sharePoint.endpoint'?: string;
  /** A link that needs no token and expires, usually within the hour. */
  '@microsoft.graph.downloadUrl'?: string;
  '@content.downloadUrl'?: string;
  file?: { mimeType?: string; hashes?: { [algorithm: string]: string }; [member: string]: unknown };
  video?: object;
  audio?: object;
  image?: object;
  photo?: object;
  kaltura?: KalturaHints;
  [member: string]: unknown;
}

/** Names an item: a picked item, or only its two ids. */
export interface ItemReference {
  id: string;
  driveId?: string;
  parentReference?: { driveId?: string };
}

/** The way of one file into Kaltura. While it is `queued`, the page has to stay open. */
export type ImportState = 'queued' | 'importing' | 'ready' | 'failed';

/** What the picker shows about the import of one file. */
export interface ImportProgress {
  id: string;
  driveId?: string;
  state: ImportState;
  /** 0 to 100. */
  percent?: number;
  entryId?: string;
  error?: { code: string; message: string };
  /** Kaltura has the link or the bytes: the file needs this page no longer. */
  handedOver?: boolean;
  /** The code of what is being waited for, such as `ACTION_BLOCKED` or `no_answer`; the import goes on by itself. */
  waitingFor?: string;
  /** A file that is ready, but that a moderator has to approve (or has rejected) before others see it. */
  moderation?: 'pending' | 'rejected';
}

/** One answer to `refreshLinks`. */
export interface RefreshedLink {
  id: string;
  driveId?: string;
  '@microsoft.graph.downloadUrl'?: string;
  error?: { code: string; message: string };
}
