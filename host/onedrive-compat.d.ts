import type { PickedItem } from './onedrive-picker.js';

/** The error that `error` gets, as Microsoft's script gives it. */
export interface OneDriveError extends Error {
  errorCode:
    | 'popupOpen'
    | 'popupClosed'
    | 'optionsError'
    | 'typeError'
    | 'webRequestFailure'
    | 'unsupportedFeature'
    | 'badResponse'
    | 'fileReaderFailure'
    | 'internalError'
    | 'unknown';
}

/** What `success` gets. */
export interface OneDriveFiles {
  webUrl: null;
  /** Whole items; for `download` `id`, `name`, `size`, `webUrl` and the link under both names; else what was selected. */
  value: Array<Partial<PickedItem> & { id: string }>;
  /** The token of `advanced.accessToken`, if it is for Graph; otherwise null: the picker keeps its own to itself. */
  accessToken: string | null;
  /** Graph's base with a slash at its end. */
  apiEndpoint: string;
}

export interface OneDriveOpenOptions {
  /** A GUID. It is checked; the picker uses the application of its own settings. */
  clientId: string;
  /** `share` is refused with `unsupportedFeature`. */
  action?: 'query' | 'download' | 'share';
  multiSelect?: boolean;
  viewType?: 'files' | 'folders' | 'all';
  /** False opens a dialog in the page. */
  openInNewWindow?: boolean;
  accountSwitchEnabled?: boolean;
  success(files: OneDriveFiles): void;
  cancel?(): void;
  /** Without it an error of the options is thrown and a later one is an unhandled rejection. */
  error?(error: OneDriveError): void;
  advanced?: {
    redirectUri?: string;
    /** `select=…&expand=…` */
    queryParameters?: string;
    /** `folder,.png` */
    filter?: string;
    endpointHint?: string;
    accessToken?: string;
    loginHint?: string;
    isConsumerAccount?: boolean;
    navigation?: {
      disable?: boolean;
      entryLocation?: { sharePoint?: { sitePath?: string; listPath?: string; itemPath?: string } };
      sourceTypes?: 'OneDrive' | 'Recent' | 'Sites' | Array<'OneDrive' | 'Recent' | 'Sites'>;
    };
    trapFocus?: boolean;
    [ignored: string]: unknown;
  };
  [ignored: string]: unknown;
}

export interface OneDriveSdk {
  /** Opens the picker. Exactly one callback is called. A second call while one runs is ignored. */
  open(options: OneDriveOpenOptions): void;
  /** Refuses with `unsupportedFeature`. */
  save(options: { error?(error: OneDriveError): void; [ignored: string]: unknown }): void;
}

declare global {
  interface Window {
    readonly OneDrive: OneDriveSdk;
  }
}
