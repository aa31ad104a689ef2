// The two modules that every page needs, in one: under 4 kB in brotli (docs/embedding.md, "What it weighs").
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const cache = process.env.XDG_CACHE_HOME ?? `${homedir()}/.cache`;
const tools = ['../node_modules', '../../node_modules'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
  .concat(`${cache}/onedrive-picker/node/node_modules`);
const found = tools.map((folder) => `${folder}/esbuild/package.json`).find(existsSync);

test('the kit is under 4 kB', { skip: !found && 'esbuild is not installed' }, () => {
  const { buildSync } = createRequire(found)('esbuild');
  const { outputFiles: [{ contents }] } = buildSync({
    stdin: { contents: "export * from './onedrive-picker.js'; export * from './kaltura-import.js';", resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true, minify: true, write: false, format: 'esm', target: 'es2020', charset: 'utf8', external: ['./picker-dialog.js', './kaltura-words.js'],
  });
  const bytes = brotliCompressSync(contents).length;
  assert.ok(bytes < 4000, `${bytes} bytes`);
});
