/**
 * @file The real Companion, Uppy's server, in a process of its own: it prints its port and a token for its OneDrive provider.
 * Arguments: the folder of its packages, Graph's base, the token for Graph, and a folder that it may write to.
 */

import { createServer } from 'node:http';
import { createRequire, register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, graph, graphToken, scratch] = process.argv.slice(2);
process.env.BENCH_GRAPH = graph;
register('./companion-graph.mjs', import.meta.url);

const load = (path) => import(pathToFileURL(join(packages, path)).href);
const require = createRequire(join(packages, 'index.js'));
// Sessions in memory are for development, and say so otherwise; all else is as in production.
const session = require('express-session');
process.env.NODE_ENV = 'production';
const companion = await load('@uppy/companion/lib/companion.js');
const { generateEncryptedAuthToken } = await load('@uppy/companion/lib/server/helpers/jwt.js');
const express = require('express');

const secret = 'a secret of the bench, for nothing else';
const server = createServer();
await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
const { port } = server.address();
const { app } = companion.app({
  secret,
  filePath: scratch,
  server: { host: `localhost:${port}`, protocol: 'http' },
  corsOrigins: true,
  uploadUrls: [/nowhere\.example/],
  providerOptions: { onedrive: { key: 'key', secret: 'secret' } },
});
const site = express();
site.use(session({ secret, resave: false, saveUninitialized: false }));
site.use(app);
server.on('request', site);
const token = generateEncryptedAuthToken({ onedrive: { accessToken: graphToken } }, secret);
process.stdout.write(`${JSON.stringify({ port, token })}\n`);
