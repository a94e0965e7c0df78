// docs/faq.md answers each subject of the vendor's FAQ, and what it sends people to exists.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const read = (/** @type {string} */ name) => readFileSync(join(project, name), 'utf8');
const faq = read('docs/faq.md');

test("every subject of the vendor's questions has an answer", () => {
  /** @type {[string, RegExp][]} */
  const subjects = [
    ['the programme', /Works with Legrand/],
    ['its price', /cost\?/],
    ['why', /Why would I use it/],
    ['partners and more calls', /partner/],
    ['the showcase', /showcase/],
    ['the forum', /forum/],
    ['trying the APIs', /Console/],
    ['beginning an application', /begin an application/],
    ['registering an account', /How do I register/],
    ['changing name or address', /change name or mail address/],
    ['a lost password', /forgot my password/],
    ['closing the account', /close the account/],
    ['test accounts', /test account/],
    ['direct access', /devices directly\?\*\* No/],
    ['errors', /469/],
    ['two keys', /two subscription keys/],
    ['webhooks', /register a webhook/],
    ['consent', /What are consents/],
    ['revoking', /consent withdrawn/],
    ['declining', /access_denied/],
    ['changed scopes', /scopes change/],
    ['lifetimes', /90 days/],
    ['ids', /plantId, moduleId and ambientId/],
    ['linking', /Third-party access/],
  ];
  for (const [subject, words] of subjects) assert.match(faq, words, subject);
});

test("every word of the vendor's glossary is explained", () => {
  for (const word of [
    'Plant',
    'Ambient',
    'Module',
    'Plug',
    'Device',
    'Device system',
    'Gateway',
    'JSON Web Token',
    'OpenID Connect',
    '`id_token`',
    '`access_token`',
    '`refresh_token`',
    'Scope',
    '`client_id`',
    '`client_secret`',
    'User consent',
  ]) {
    assert.match(faq, new RegExp(`^\\| [^|]*${word}[^|]* \\| [^|]{5,}`, 'm'), word);
  }
});

test('its links, commands and operations exist', () => {
  for (const name of [
    'docs/faq.md',
    'docs/legrand.md',
    'docs/netatmo.md',
    'README.md',
    'docs/config.md',
    'docs/relay.md',
  ]) {
    for (const [, to] of read(name).matchAll(/\]\((?!https?:)([^)#]+)/g))
      assert.ok(existsSync(join(project, dirname(name), to)), `${name} leads to ${to}`);
  }
  const help = read('web/headless/help.js');
  const pages = ['faq', 'legrand', 'netatmo', 'serve', 'report', 'errors', 'config', 'relay', 'apis'].map(
    (name) => `docs/${name}.md`,
  );
  for (const page of [...pages, 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']) {
    const commands = [...read(page).matchAll(/(?:`|^ {4}|^)foyer (?:--config \S+ )?([a-z][a-z-]*)/gm)].map(
      ([, name]) => name,
    );
    if (page === 'docs/faq.md') assert.ok(commands.length > 6);
    for (const name of commands) assert.match(help, new RegExp(`^ {2}'?${name}'?: \\{`, 'm'), `${page}: ${name}`);
    for (const [, name] of read(page).matchAll(/\.\/dev ([a-z]+)/g))
      assert.match(read('dev'), new RegExp(`^ {2}${name}(\\)| \\|)`, 'm'), `${page}: ${name}`);
  }
  const operations = read('docs/apis.md');
  for (const [, id] of faq.matchAll(/\b((?:smarther|netatmo|hc)\.[a-z]+)\b/g))
    if (!id.endsWith('.com') && id !== 'netatmo.md') assert.ok(operations.includes(id), id);
});
