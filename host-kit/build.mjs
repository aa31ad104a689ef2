// Builds the host kit: node host-kit/build.mjs FOLDER [--debug] [--no-types]
// esbuild makes the modules, tsc their types. `cargo xtask build` runs this for dist/host/.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Each is a file of its own, which loads the others of this list and no further ones. */
const MODULES = ['onedrive-picker', 'picker-dialog', 'kaltura-import', 'kaltura-words', 'server-import', 'element'];

/** A classic script: its names stay out of the page's. */
const SCRIPTS = ['onedrive-compat'];

/** Where npm's packages lie: those of `cargo xtask setup`, or the package's own. */
const nodeModules = () => {
  const cache = process.env.ONEDRIVE_PICKER_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'onedrive-picker');
  const folders = [process.env.ONEDRIVE_PICKER_NODE_MODULES, join(here, 'node_modules'), join(cache, 'node/node_modules')];
  const found = folders.find((folder) => folder && existsSync(join(folder, 'esbuild/package.json')));
  if (!found) throw new Error('esbuild is not installed; `cargo xtask setup` installs it');
  return found;
};

/** Builds the kit into a folder. */
export const build = (folder, { debug = false, types = true } = {}) => {
  const packages = nodeModules();
  mkdirSync(folder, { recursive: true });
  const { buildSync } = createRequire(join(packages, 'esbuild/package.json'))('esbuild');
  const options = {
    outdir: folder,
    bundle: true,
    minify: !debug,
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    tsconfigRaw: {},
    external: MODULES.map((name) => `./${name}.js`),
  };
  buildSync({ ...options, format: 'esm', entryPoints: MODULES.map((name) => join(here, `src/${name}.ts`)) });
  buildSync({ ...options, format: 'iife', entryPoints: SCRIPTS.map((name) => join(here, `src/${name}.ts`)) });
  if (types) {
    execFileSync(join(packages, '.bin/tsc'), ['--project', join(here, 'tsconfig.json'), '--outDir', folder], { stdio: 'inherit' });
  }
  for (const name of ['package.json', 'README.md']) copyFileSync(join(here, name), join(folder, name));
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, ...flags] = process.argv.slice(2);
  if (!folder || folder.startsWith('--')) throw new Error('usage: node host-kit/build.mjs FOLDER [--debug] [--no-types]');
  build(folder, { debug: flags.includes('--debug'), types: !flags.includes('--no-types') });
}
