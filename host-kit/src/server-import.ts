// Hands a choice to the site's own server, which imports it with a session of its own, and shows in the picker how it
// stands. The server's side: host-kit/server/. Guide: docs/embedding.md.
import type { ImportProgress, ItemReference, PickedItem, RefreshedLink } from './types.js';

export interface ServerImportOptions {
  /** The import's address on the page's own site. Default: `/onedrive/import/import`. */
  address?: string | URL;
  items: readonly PickedItem[];
  /** Shows the progress and gives fresh links. */
  picker?: {
    progress(items: readonly ImportProgress[]): void;
    refreshLinks(items: readonly ItemReference[]): Promise<RefreshedLink[]>;
  };
  onProgress?(files: ImportProgress[]): void;
  /** Between two questions how it stands, in milliseconds. Default: 5,000. */
  pollInterval?: number;
  signal?: AbortSignal;
}

/** `code` is the server's, such as `role_too_low` or `link_not_allowed`; `index` the item that it is about. */
export class ServerImportError extends Error {
  constructor(readonly code: string, readonly index?: number) {
    super(code);
    this.name = 'ServerImportError';
  }
}

const DEFAULT_ADDRESS = '/onedrive/import/import';
const DEFAULT_POLL_INTERVAL_MS = 5_000;
/** So many questions without an answer, one after the other, end the wait; the import goes on. */
const MAX_SILENCES = 20;

const forServer = (item: PickedItem) => ({
  id: item.id,
  driveId: item.parentReference?.driveId,
  name: item.kaltura?.name ?? item.name,
  fileName: item.name,
  mediaType: item.kaltura?.mediaType ?? null,
  size: item.size,
  link: item['@microsoft.graph.downloadUrl'],
});

/** Resolves when each file is ready or has failed. Rejects with a `ServerImportError`, or with the reason of `signal`. */
export const importOnServer = async (options: ServerImportOptions): Promise<ImportProgress[]> => {
  const { items, picker, signal, pollInterval = DEFAULT_POLL_INTERVAL_MS } = options;
  const address = new URL(options.address ?? DEFAULT_ADDRESS, location.href);

  const answerOf = async (response: Response) => {
    const answer = await response.json();
    if (!response.ok) throw new ServerImportError(answer.code, answer.index);
    return answer;
  };
  const post = async (body: object) => answerOf(await fetch(address, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal,
  }));
  const renew = async (id: string, wanted: ItemReference[]) => {
    const links = await picker?.refreshLinks(wanted) ?? [];
    const renewed = items.flatMap((item) => {
      const link = links.find((one) => one.id === item.id)?.['@microsoft.graph.downloadUrl'];
      return link ? [{ ...forServer(item), link }] : [];
    });
    if (renewed.length > 0) await post({ import: id, items: renewed });
  };

  const { import: id } = await post({ items: items.map(forServer) });
  const question = new URL(address);
  question.searchParams.set('import', id);
  for (let silences = 0; ;) {
    try {
      const { files, linksWanted } = await answerOf(await fetch(question, { signal }));
      silences = 0;
      picker?.progress(files);
      options.onProgress?.(files);
      if (files.every(({ state }: ImportProgress) => state === 'ready' || state === 'failed')) return files;
      // A picker that is closed gives none; the server then uses the links that it has.
      if (linksWanted.length > 0) await renew(id, linksWanted).catch(() => {});
    } catch (error) {
      if (signal?.aborted || error instanceof ServerImportError || ++silences > MAX_SILENCES) throw error;
    }
    await new Promise((resolve) => { setTimeout(resolve, pollInterval); });
    if (signal?.aborted) throw signal.reason;
  }
};
