// npm oidc-provider (certified OpenID provider) as a partner: rotating refresh tokens, id_token at every refresh.
import assert from 'node:assert/strict';
import {generateKeyPairSync} from 'node:crypto';
// @ts-ignore it has no types
import Provider from 'oidc-provider';
import {Browser, locationOf} from '../support.mjs';
import {Front} from './front.mjs';

/** What a provider keeps outlives its keys: two of them, one after the other, share it. */
class Memory {
  /** @type {Map<string, any>} */
  static all = new Map();
  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }
  /** @param {string} id */
  key(id) {
    return `${this.name}:${id}`;
  }
  /** @param {string} id @param {any} payload */
  async upsert(id, payload) {
    Memory.all.set(this.key(id), payload);
  }
  /** @param {string} id */
  async find(id) {
    return Memory.all.get(this.key(id));
  }
  /** @param {string} uid */
  async findByUid(uid) {
    return [...Memory.all.entries()].find(
      ([key, payload]) => key.startsWith(`${this.name}:`) && payload.uid === uid,
    )?.[1];
  }
  async findByUserCode() {
    return undefined;
  }
  /** @param {string} id */
  async destroy(id) {
    Memory.all.delete(this.key(id));
  }
  /** @param {string} grantId */
  async revokeByGrantId(grantId) {
    for (const [key, payload] of Memory.all) if (payload.grantId === grantId) Memory.all.delete(key);
  }
  /** @param {string} id */
  async consume(id) {
    Memory.all.get(this.key(id)).consumed = Math.floor(Date.now() / 1000);
  }
}

export const keyOf = (/** @type {string} */ kid) => ({
  ...generateKeyPairSync('rsa', {modulusLength: 2048}).privateKey.export({format: 'jwk'}),
  kid,
  alg: 'RS256',
  use: 'sig',
});

export const secret = 'relay s3cret+/=&';

/** @param {string} issuer @param {object[]} keys the first one signs @param {string[]} redirects of the confidential client */
function providerWith(issuer, keys, redirects) {
  const grant_types = ['authorization_code', 'refresh_token'];
  return new Provider(issuer, {
    adapter: Memory,
    clients: [
      {
        client_id: 'foyer',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types,
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/callback'],
      },
      {
        client_id: 'foyer-relay',
        application_type: 'native',
        token_endpoint_auth_method: 'client_secret_post',
        client_secret: secret,
        grant_types,
        response_types: ['code'],
        redirect_uris: redirects,
      },
    ],
    jwks: {keys},
    cookies: {keys: ['test']},
    pkce: {required: () => true, methods: ['S256']},
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    // Tokens without offline_access end with the provider's own session: as long as they are.
    ttl: {
      AccessToken: 3600,
      RefreshToken: 90 * 86400,
      IdToken: 3600,
      AuthorizationCode: 60,
      Grant: 90 * 86400,
      Interaction: 60,
      Session: 90 * 86400,
    },
    clientBasedCORS: () => false,
  });
}

/** @param {string[]} redirects @returns {Promise<import('./front.mjs').Partner & {provider: () => any}>} */
export async function oidcProvider(redirects = ['http://localhost/', 'http://127.0.0.1/']) {
  const front = new Front('/token');
  const issuer = await front.listen();
  let keys = [keyOf('one')];
  /** @type {any} */
  let provider;
  const use = () => {
    provider = providerWith(issuer, keys, redirects);
    const handle = provider.callback();
    front.provider = (request, response, body) => {
      if (body) Object.assign(request, {body}); // the stream was read already: this member is taken instead
      handle(request, response);
    };
  };
  use();
  return {
    name: 'oidc-provider',
    issuer,
    front,
    denial: 'X9',
    provider: () => provider,
    config: (_, changes = {}) => ({
      clouds: [
        {
          id: 'partner',
          name: 'oidc-provider',
          providers: ['smarther'],
          issuer,
          authorize_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          client_id: 'foyer',
          redirect_uri: 'http://127.0.0.1:0/callback',
          scopes: ['openid'],
          require_iss_parameter: true,
          api_base: `${issuer}/gateway`,
          ...changes,
        },
      ],
    }),
    through: (authorize, decision = 'accept') => throughPages(authorize, decision),
    async rollKeys() {
      keys = [keyOf(`key-${Math.random()}`), keys[0]];
      use();
    },
    close: () => front.close(),
  };
}

/** Login and consent, as a person clicks through them (or leaves). @param {string} authorize @param {string} decision */
export async function throughPages(authorize, decision, login = 'jane') {
  const browser = new Browser();
  let at = authorize;
  for (let step = 0; step < 12; ++step) {
    if (/[?&](code|error)=/.test(at)) return at;
    const response = await browser.fetch(at);
    if (response.status >= 300 && response.status < 400) {
      at = locationOf(response, at);
      continue;
    }
    assert.equal(response.status, 200, await response.clone().text());
    const prompt = /name="prompt" value="(\w+)"/.exec(await response.text())?.[1] ?? '';
    if (prompt === 'consent' && decision === 'deny') {
      at = `${at}/abort`;
      continue;
    }
    const answer = await browser.post(at, prompt === 'login' ? {prompt, login, password: 'any'} : {prompt});
    at = locationOf(answer, at);
  }
  throw new Error(`no answer after ${at}`);
}
