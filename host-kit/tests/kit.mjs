// The built kit, for the tests: the folder that HOST_KIT names, or else one that is built for this test file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const builtHere = () => {
  const folder = mkdtempSync(join(tmpdir(), 'host-kit-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** The folder of the built modules. */
export const folder = process.env.HOST_KIT ? resolve(process.env.HOST_KIT) : builtHere();

if (!process.env.HOST_KIT) {
  const { build } = await import('../build.mjs');
  build(folder, { types: false });
}

/** The address of a module, or of another copy of it: `kaltura-import.js?reloaded`. */
export const addressOf = (name) => {
  const [file, query] = name.split('?');
  return pathToFileURL(join(folder, file)).href + (query ? `?${query}` : '');
};

/** Loads a module of the kit. */
export const load = (name) => import(addressOf(name));
