// make-conf.mjs RELAY.json --out DIR --site DIR [--port N] – writes DIR/nginx.conf and DIR/config.json (mode 0600: the
// first holds the secret and the keys). DIR is nginx's prefix. See docs/relay.md for the fields of RELAY.json.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ownersFile } from './file.mjs';
import { nginxConf } from './nginx.mjs';
import { pageConfig, readRelay } from './relay.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, site: { type: 'string' }, port: { type: 'string', default: '8080' } },
});
const [file] = positionals;
if (file === undefined || values.out === undefined || values.site === undefined) {
  console.error('usage: make-conf.mjs RELAY.json --out DIR --site DIR [--port N]');
  process.exit(2);
}
try {
  const relay = readRelay(ownersFile(file));
  const out = path.resolve(values.out);
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const write = (/** @type {string} */ name, /** @type {string} */ text) => {
    writeFileSync(path.join(out, name), text, { mode: 0o600 });
    chmodSync(path.join(out, name), 0o600); // an older file keeps its mode otherwise
  };
  write('nginx.conf', nginxConf(relay, { out, site: path.resolve(values.site), port: Number(values.port) }));
  write('config.json', `${JSON.stringify(pageConfig(relay), null, 2)}\n`);
} catch (error) {
  console.error(`${file}: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
