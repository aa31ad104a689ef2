// What each page loads, in brotli (docs/embedding.md, "What it weighs").
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { folder } from './kit.mjs';

const weigh = (...names) => names.reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(folder, name))).length, 0);

test('opening the picker is under 4 kB, in a window, in a dialog or by the element', () => {
  const bytes = weigh('onedrive-picker.js', 'picker-dialog.js', 'element.js');
  assert.ok(bytes < 4000, `${bytes} bytes`);
});

test('the import into Kaltura is under 8 kB', () => {
  const bytes = weigh('kaltura-import.js');
  assert.ok(bytes < 8000, `${bytes} bytes`);
});
