// Small images and documents through the browser. Through a link their extension would be that of the link, `.aspx`.
import type { KalturaClient } from './client.js';
import { fetchWithin } from './environment.js';
import type { Environment } from './environment.js';
import type { Resource } from './entry.js';

const READ_TIMEOUT_MS = 5 * 60_000;
const UPLOAD_TIMEOUT_MS = 10 * 60_000;

/**
 * Reads the file by its link and uploads it under its name. Undefined if that fails: the page's policy or the cloud may not
 * let a script read the link. A token that is never used ends by itself.
 */
export const uploadedResource = async (
  link: string, fileName: string, serviceUrl: string, client: KalturaClient, environment: Environment,
): Promise<Resource | undefined> => {
  try {
    const bytes = await fetchWithin(READ_TIMEOUT_MS, environment, link, {}, async (response) => {
      if (!response.ok) throw new Error(`status ${response.status}`);
      return response.blob();
    });
    const token = await client.read<{ id: string }>({
      service: 'uploadToken', action: 'add', uploadToken: { objectType: 'KalturaUploadToken', fileName, fileSize: bytes.size },
    });
    const form = new FormData();
    form.append('ks', await client.session());
    form.append('uploadTokenId', token.id);
    form.append('fileData', bytes, fileName);
    const url = `${serviceUrl.replace(/\/*(api_v3\/*)?$/, '')}/api_v3/service/uploadtoken/action/upload?format=1`;
    const answer = await fetchWithin(UPLOAD_TIMEOUT_MS, environment, url, { method: 'POST', body: form }, (response) => response.json());
    return answer?.id === token.id ? { objectType: 'KalturaUploadedFileTokenResource', token: token.id } : undefined;
  } catch {
    return undefined;
  }
};
