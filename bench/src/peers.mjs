/** @file The pages of other pickers, bundled as their users would. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = new URL('../peers/', import.meta.url).pathname;
const NAMES = ['mgt', 'uppy', 'uppy-dashboard'];
/** Where the toolkit takes its file icons from; here they come from the page's own site. */
const ICONS = 'https://spoprod-a.akamaihd.net/files/fabric-cdn-prod_20201008.001/assets/item-types';
const ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"><path fill="#999" d="M10 4h20l8 8v32H10z"/></svg>';

/**
 * Bundles them with esbuild, minified, for browsers of today.
 *
 * @param {{packages: string, esbuild: string, scratch: string}} options the folders of the peers' packages and of esbuild's
 * @returns {Promise<{path: string, name: string, content: string | Uint8Array}[]>}
 */
export async function bundlePeers({ packages, esbuild, scratch }) {
  const { build } = createRequire(join(esbuild, 'index.js'))('esbuild');
  const { outputFiles } = await build({
    entryPoints: NAMES.map((name) => `${folder}${name}.js`),
    outdir: scratch, write: false, bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'none', logLevel: 'error',
    nodePaths: [packages], define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [{
      name: 'local-icons',
      setup(bundler) {
        bundler.onLoad({ filter: /fluent-icons\.js$/ }, async ({ path }) => ({
          contents: (await readFile(path, 'utf8')).replace(ICONS, '/mgt/icons'), loader: 'js',
        }));
      },
    }],
  });
  const files = outputFiles.map(({ path, contents }) => {
    const name = path.slice(scratch.length + 1);
    return { path: `/${name.replace(/\.\w+$/, '')}/${name}`, name, content: contents };
  });
  for (const name of NAMES) {
    files.push({ path: `/${name}/`, name: `${name}.html`, content: await readFile(`${folder}${name}.html`) });
  }
  const icons = ['video', 'audio', 'photo', 'pdf', 'genericfile', 'docx'];
  for (const icon of icons) files.push({ path: `/mgt/icons/48/${icon}.svg`, name: `${icon}.svg`, content: ICON });
  return files;
}
