// What arrives comes from a browser: nothing of it is believed. Each rule that is broken has a code of its own.

/** Roles of MediaSpace, low to high. A role that is not listed counts as lower than all of them. */
const ROLES = ['emptyRole', 'anonymousRole', 'viewerRole', 'privateOnlyRole', 'adminRole', 'unmoderatedAdminRole'];

const ID = /^[\w!.~-]{1,300}$/;
const MAX_NAME_LENGTH = 250;
const MAX_LINK_LENGTH = 8_000;
/** Kaltura keeps others as broken JPEG. */
const UNSUPPORTED_IMAGE = /\.(heic|heif|webp|avif)$/i;

export const mayImport = (role, minimumRole) => ROLES.includes(minimumRole) && ROLES.indexOf(role) >= ROLES.indexOf(minimumRole);

/** `*.sharepoint.com` takes every host below it, by https; a whole origin is taken as it is. */
const fitsHost = ({ protocol, host, origin }, pattern) => {
  if (pattern.includes('://')) return origin === pattern;
  return protocol === 'https:' && (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern);
};

export const isAllowedLink = (link, hosts) => {
  // What one program may read differently from another is no link.
  if (typeof link !== 'string' || link.length > MAX_LINK_LENGTH || /[\u0000-\u0020\u007f\\]/.test(link)) return false;
  try {
    const url = new URL(link);
    return url.username === '' && url.password === '' && hosts.some((pattern) => fitsHost(url, pattern));
  } catch {
    return false;
  }
};

/** Why one item is not taken, or undefined. */
const problemOf = (item, config) => {
  if (typeof item !== 'object' || item === null) return 'invalid_item';
  if (![item.id, item.driveId].every((id) => typeof id === 'string' && ID.test(id))) return 'invalid_id';
  if (typeof item.name !== 'string' || item.name.trim() === '' || item.name.length > MAX_NAME_LENGTH || /[\u0000-\u001f]/.test(item.name)) return 'invalid_name';
  if (!config.mediaTypes.includes(item.mediaType ?? null)) return 'type_not_allowed';
  if (item.mediaType === 2 && UNSUPPORTED_IMAGE.test(item.fileName ?? '')) return 'image_type_not_supported';
  if (!Number.isSafeInteger(item.size) || item.size < 1) return 'invalid_size';
  if (item.size > config.maxItemBytes) return 'too_large';
  if (!isAllowedLink(item.link, config.linkHosts)) return 'link_not_allowed';
  return undefined;
};

/** The items, or the problem of the request as a whole. Every item is right, or none is taken. */
export const validate = (body, config) => {
  const items = body?.items;
  if (!Array.isArray(items) || items.length < 1 || items.length > config.maxItems) return { problem: 'invalid_items' };
  for (const [index, item] of items.entries()) {
    const problem = problemOf(item, config);
    if (problem) return { problem, index };
  }
  return { items: items.map(({ id, driveId, name, mediaType = null, fileName = '', link }) => ({ id, driveId, name: name.trim(), mediaType, fileName, link })) };
};
