// make-conf.mjs RELAY.json --out DIR --site DIR [--port N] [--resolver ADDRESS …] [--here] – writes DIR/nginx.conf (mode 0600: it holds
// the secret and the keys) and DIR/config.json, which every web server may read. DIR is nginx's prefix. See docs/relay.md
// for the fields of RELAY.json. The name servers are those of /etc/resolv.conf unless others are given.
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {ownersFile} from './file.mjs';
import {nginxConf} from './nginx.mjs';
import {expect, isLoopback, pageConfig, readRelay} from './relay.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    out: {type: 'string'},
    site: {type: 'string'},
    port: {type: 'string', default: '8080'},
    resolver: {type: 'string', multiple: true},
    here: {type: 'boolean'},
  },
});
const [file] = positionals;
if (file === undefined || values.out === undefined || values.site === undefined) {
  console.error('usage: make-conf.mjs RELAY.json --out DIR --site DIR [--port N] [--resolver ADDRESS …] [--here]');
  process.exit(2);
}
/** @returns {string[]} */
function ownResolvers() {
  try {
    return [...readFileSync('/etc/resolv.conf', 'utf8').matchAll(/^nameserver\s+([^\s%]+)\s*$/gm)].map(
      ([, address]) => address,
    );
  } catch {
    return [];
  }
}
try {
  const relay = readRelay(ownersFile(file));
  // --here: the page has the address that people come back to. Without a port it is that of a server in front.
  for (const {id, redirect_uri: redirect} of values.here ? relay : []) {
    const {protocol, hostname, port} = new URL(redirect);
    const local = protocol === 'http:' && isLoopback(hostname) && port !== '';
    expect(
      !local || port === values.port,
      `redirect_uri of ${id}`,
      `port ${values.port}, at which the page is served (--port), not ${port}`,
    );
  }
  const out = path.resolve(values.out);
  mkdirSync(out, {recursive: true, mode: 0o711}); // who knows a name may ask for it, nobody may look around
  const write = (/** @type {string} */ name, /** @type {number} */ mode, /** @type {string} */ text) => {
    writeFileSync(path.join(out, name), text, {mode});
    chmodSync(path.join(out, name), mode); // an older file keeps its mode otherwise, and an umask takes from it
  };
  const place = {
    out,
    site: path.resolve(values.site),
    port: Number(values.port),
    resolvers: values.resolver ?? ownResolvers(),
  };
  write('nginx.conf', 0o600, nginxConf(relay, place));
  write('config.json', 0o644, `${JSON.stringify(pageConfig(relay), null, 2)}\n`);
} catch (error) {
  console.error(`${file}: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
