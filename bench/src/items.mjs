/** @file The driveItems of a OneDrive for Business folder, made up, the same in every run. */

/** The drive that holds them, in the shape that OneDrive for Business uses. */
export const DRIVE_ID = 'b!t18F8ybsHUq1z3LTz8xvZqP8zaSWjkFNhsME-Fepo75dTf9vQKfeRblBZjoSQrd7';

/** Every name begins so; pages are looked at for it. */
export const NAME_PREFIX = 'Lecture ';

const SITE = 'https://contoso-my.sharepoint.com';
const PERSONAL = `${SITE}/personal/dana_contoso_com`;
const SUBJECTS = [
  'Introduction to Thermodynamics', 'Linear Algebra', 'Organic Chemistry', 'Constitutional Law', 'Macroeconomics',
  'History of Architecture', 'Data Structures', 'Molecular Biology', 'Philosophy of Language', 'Signal Processing',
];
const KINDS = [
  { extension: 'mp4', mimeType: 'video/mp4', bytes: 734_003_200, facet: { video: { duration: 3_600_000, width: 1920, height: 1080 } } },
  { extension: 'mp4', mimeType: 'video/mp4', bytes: 212_400_128, facet: { video: { duration: 1_500_000, width: 1280, height: 720 } } },
  { extension: 'm4a', mimeType: 'audio/mp4', bytes: 48_230_400, facet: {} },
  { extension: 'jpg', mimeType: 'image/jpeg', bytes: 3_145_728, facet: { image: {}, photo: { takenDateTime: '2026-03-04T09:12:00Z' } } },
  { extension: 'pdf', mimeType: 'application/pdf', bytes: 1_572_864, facet: {} },
];
const PEOPLE = [
  { email: 'dana@contoso.com', id: '48d31887-5fad-4d73-a9f5-3c356e68a038', displayName: 'Dana Levi' },
  { email: 'noam@contoso.com', id: '87d349ed-44d7-43e1-9a83-5f2406dee5bd', displayName: 'Noam Peretz' },
  { email: 'ruth@contoso.com', id: '4782e723-f4f4-4af3-a76e-25e3bab0d896', displayName: 'Ruth Adler' },
];

/** A pseudo-random 32-bit number for each seed (the finalizer of MurmurHash3). */
function mixed(seed) {
  let value = seed + 0x9e3779b9;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Text of an alphabet that looks random and is not. */
function noise(seed, length, alphabet) {
  let text = '';
  for (let at = 0; at < length; at += 1) text += alphabet[mixed(seed * 1_009 + at) % alphabet.length];
  return text;
}

const HEX = '0123456789ABCDEF';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A GUID in capitals. */
function guid(seed) {
  return [8, 4, 4, 4, 12].map((length, part) => noise(seed * 7 + part, length, HEX)).join('-');
}

/** The id of the folder that holds so many items. */
export const folderId = (count) => `01NKDM7HF${noise(count, 25, BASE32)}`;

/**
 * The n-th item of a folder with all members that OneDrive for Business sends by default. The temporary token of the download
 * link has 200 characters; Microsoft's have several times as many.
 */
function item(index, count) {
  const kind = KINDS[mixed(index) % KINDS.length];
  const subject = SUBJECTS[mixed(index + 31) % SUBJECTS.length];
  const name = `${NAME_PREFIX}${String(index + 1).padStart(5, '0')} ${subject}.${kind.extension}`;
  const modified = new Date(Date.UTC(2026, 0, 1) + (mixed(index + 77) % 25_000_000) * 1_000).toISOString().replace('.000', '');
  const person = PEOPLE[mixed(index + 5) % PEOPLE.length];
  const unique = guid(index);
  return {
    '@microsoft.graph.downloadUrl': `${PERSONAL}/_layouts/15/download.aspx?UniqueId=${unique.toLowerCase()}&Translate=false`
      + `&tempauth=v1.${noise(index, 200, BASE64)}&ApiVersion=2.0`,
    createdDateTime: modified,
    eTag: `"{${unique}},1"`,
    id: `01NKDM7HM${noise(index, 25, BASE32)}`,
    lastModifiedDateTime: modified,
    name,
    webUrl: `${PERSONAL}/Documents/Lectures/${encodeURIComponent(name)}`,
    cTag: `"c:{${unique}},2"`,
    size: kind.bytes + (mixed(index + 13) % 1_000_000),
    createdBy: { user: person },
    lastModifiedBy: { user: person },
    parentReference: {
      driveType: 'business', driveId: DRIVE_ID, id: folderId(count), name: 'Lectures', path: '/drive/root:/Lectures',
      siteId: 'c3ba25dc-5e4a-4a2b-9f3c-0d1f7a2b3c4d',
    },
    file: { hashes: { quickXorHash: `${noise(index + 3, 27, BASE64)}=` }, mimeType: kind.mimeType },
    fileSystemInfo: { createdDateTime: modified, lastModifiedDateTime: modified },
    ...kind.facet,
  };
}

/** All items of a folder, by name, as Graph returns them. */
export function folderOf(count) {
  return Array.from({ length: count }, (_, index) => item(index, count));
}
