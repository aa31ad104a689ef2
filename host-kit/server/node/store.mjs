// What is known about each file of each person, as JSON files in one folder that no browser reaches: the links in it are secrets.
// One process only; several need a database and a lock for each file.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** References are hexadecimal; nothing else becomes the name of a file. */
const NAME = /^[\da-f]{32}$/;

export class Store {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  read(name) {
    if (!NAME.test(name)) return undefined;
    try {
      return JSON.parse(readFileSync(join(this.folder, `${name}.json`), 'utf8'));
    } catch {
      return undefined;
    }
  }

  write(name, value) {
    const file = join(this.folder, `${name}.json`);
    writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
