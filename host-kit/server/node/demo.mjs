// The sample as a program of its own, for `cargo xtask demo`: everything comes from the simulator's demo, and whoever asks is its user.
// On a real site the import's address is one of the page's own origin, and the person is the one who is signed in.
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Imports } from './import.mjs';
import { Kaltura } from './kaltura.mjs';
import { importHandler } from './server.mjs';
import { Store } from './store.mjs';

const PORT = 4186;
const MEDIASPACE = 'http://localhost:4180';

const config = {
  serviceUrl: 'http://127.0.0.1:4183', partnerId: 5042017, adminSecret: 'simulated-admin-secret', allowedRoles: 'privateOnlyRole', pageOrigins: [MEDIASPACE],
  linkHosts: ['http://127.0.0.1:4184'], mediaTypes: [1, 2, 5, null], maxItems: 100, maxItemBytes: 10 ** 12,
};
const imports = new Imports({ kaltura: new Kaltura(config), store: new Store(mkdtempSync(join(tmpdir(), 'onedrive-import-'))), config });
const handle = importHandler({ imports, config, currentUser: () => ({ id: 'noa.bar-lev', role: 'adminRole' }) });

createServer((request, response) => {
  // The demo's pages have another port, and so another origin.
  response.setHeader('Access-Control-Allow-Origin', MEDIASPACE);
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
  if (request.method === 'OPTIONS') response.writeHead(204).end();
  else handle(request, response);
}).listen(PORT, '127.0.0.1');
