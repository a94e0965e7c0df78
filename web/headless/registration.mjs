// What `foyer init` knows of a registration with a vendor: which values there are, where the vendor shows them, what each
// has to look like, and the two files that are made of them. Pure functions of values; init.mjs asks and writes.
import {netatmoScopes, readRelay} from '../../tools/relay/relay.mjs';

/**
 * @typedef {import('../../tools/relay/relay.mjs').Relay} Relay
 * @typedef {'legrand' | 'netatmo'} Vendor
 * @typedef {{key: string, option: string, label: string, where: string, otherwise?: string, secret?: boolean, many?: boolean,
 *   shape?: RegExp, what: string, least?: number, most?: number}} Field
 *   `key`: in relay.json; `otherwise`: when nothing is answered; `many`: a list, parted by spaces or commas; `what`: what is
 *   expected, ends "expected …"
 */

const redirect = {
  key: 'redirect_uri',
  option: '--redirect',
  label: 'Redirect address',
  otherwise: 'http://localhost:8080/',
  shape: /^https?:\/\/[^\s?#]+$/,
  what: 'an address like http://localhost:8080/, to the letter as it is registered, slash at the end included',
};

/** @type {Record<Vendor, {name: string, before: string, fields: Field[]}>} */
export const vendors = {
  legrand: {
    name: 'Legrand',
    before:
      'Needed first, at https://developer.legrand.com: an account, the free Starter Kit, and an approved application (a day or two).',
    fields: [
      {
        key: 'client_id',
        option: '--client-id',
        label: 'Application ID (client id)',
        where: 'portal: My applications, Details; the e-mail of the approval names it too',
        shape: /^[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12,14}$/i,
        what: 'an ID like 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      },
      {
        key: 'client_secret',
        option: '--client-secret-file',
        label: 'Client secret',
        secret: true,
        where: 'the e-mail of the approval; the portal does not show it again. It is good for a year',
        shape: /^[\x21-\x7e]{8,}$/,
        what: 'at least 8 characters without a space, copied whole',
      },
      {
        key: 'subscription_keys',
        option: '--keys-file',
        label: 'Primary and secondary key',
        secret: true,
        many: true,
        least: 1,
        most: 2,
        where: 'portal: menu APIs, Subscriptions, Starter Kit, Show. Both, parted by a space; one alone will do',
        shape: /^[0-9a-z]{32}$/i,
        what: 'one or two keys of 32 letters and digits',
      },
      {...redirect, where: 'portal: My applications, Details, Reply URL'},
      {
        key: 'scopes',
        option: '--scopes',
        label: 'Scopes',
        many: true,
        otherwise: 'openid',
        least: 1,
        where: 'those for the home were chosen with the application and come by themselves; openid asks who you are',
        shape: /^[\x21-\x7e]+$/,
        what: 'names of scopes',
      },
    ],
  },
  netatmo: {
    name: 'Netatmo',
    before:
      'Needed first, at https://dev.netatmo.com: an account (that of your home will do) and an app (menu My apps, Create).',
    fields: [
      {
        key: 'client_id',
        option: '--client-id',
        label: 'Client ID',
        where: 'dev.netatmo.com: My apps, your app, App Technical Parameters',
        shape: /^[0-9a-f]{24}$/i,
        what: '24 digits of 0-9 and a-f',
      },
      {
        key: 'client_secret',
        option: '--client-secret-file',
        label: 'Client secret',
        secret: true,
        where: 'the same place, below the client ID',
        shape: /^[\x21-\x7e]{8,}$/,
        what: 'at least 8 characters without a space, copied whole',
      },
      {...redirect, where: 'the same place: Redirect URI. Write it there first, if it is empty'},
      {
        key: 'scopes',
        option: '--scopes',
        label: 'Scopes',
        many: true,
        otherwise: netatmoScopes.join(' '),
        least: 1,
        where: 'not set at Netatmo: what is asked for here is what you will be asked to permit',
        shape: /^(read|write|access)_[a-z0-9]+$/,
        what: 'scopes like read_magellan write_magellan',
      },
    ],
  },
};

/** @param {string} text @returns {string[]} */
const parts = (text) => text.split(/[\s,]+/).filter(Boolean);

/**
 * The value of a field from what was typed. @param {Field} field @param {string} text @param {boolean} strict the shape is the
 * vendor's own; another server may have ids of another
 * @returns {string | string[]} @throws {Error} saying what is expected
 */
export function valueOf(field, text, strict = true) {
  const typed = text.trim();
  const all = field.many ? parts(typed) : [typed];
  const shape = strict || field.key === 'redirect_uri' ? field.shape : /^[\x21-\x7e]+$/;
  const count = all.length >= (field.least ?? 1) && all.length <= (field.most ?? Infinity);
  if (!count || !all.every((one) => shape?.test(one) ?? true)) throw new Error(`expected ${field.what}`);
  if (new Set(all).size < all.length) throw new Error('one of them is given twice');
  return field.many ? all : typed;
}

/** One cloud of relay.json, without what is as by default. @param {Vendor} vendor @param {Record<string, any>} values @returns {Record<string, any>} */
export function described(vendor, values) {
  const {id, name, providers, issuer, jwks_uri, login, api, ...registered} = values;
  return {
    id: id ?? vendor,
    name: name ?? (vendor === 'legrand' ? 'Legrand' : 'Home + Control (Netatmo)'),
    providers: providers ?? (vendor === 'legrand' ? ['smarther'] : ['netatmo']),
    ...(login ? {login} : {}),
    ...(api ? {api} : {}),
    ...(vendor === 'legrand' ? {issuer, jwks_uri} : {}),
    ...registered,
  };
}

/** The same cloud as config.json tells it to a program that has no relay: the real addresses, secret and keys. @param {Relay} relay */
export function direct(relay) {
  return {
    id: relay.id,
    name: relay.name,
    providers: relay.providers,
    ...(relay.jwks_uri === '' ? {openid: false} : {issuer: relay.issuer, jwks_uri: relay.jwks_uri}),
    authorize_endpoint: relay.authorize_endpoint,
    token_endpoint: relay.token_endpoint,
    client_id: relay.client_id,
    client_secret: relay.client_secret,
    redirect_uri: relay.redirect_uri,
    scopes: relay.scopes,
    send_scope: relay.send_scope,
    api_base: relay.api,
    ...(relay.subscription_keys.length ? {subscription_keys: relay.subscription_keys} : {}),
  };
}

/**
 * The text of both files. @param {Record<string, any>[]} clouds of relay.json, the old ones first
 * @param {any} [before] config.json as it was: what else it says is kept
 * @returns {{relay: string, config: string}} @throws {Error} naming the first field that is wrong
 */
export function filesOf(clouds, before = {}) {
  const relay = clouds.length === 1 ? clouds[0] : {clouds};
  const text = (/** @type {any} */ value) => `${JSON.stringify(value, null, 2)}\n`;
  const made = readRelay(JSON.stringify(relay)).map(direct);
  const others = (before.clouds ?? []).filter((/** @type {any} */ one) => !made.some(({id}) => id === one.id));
  return {relay: text(relay), config: text({...before, clouds: [...others, ...made]})};
}
