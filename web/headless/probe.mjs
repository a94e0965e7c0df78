// What `foyer init` can find out from the clouds before anybody signs in: who issues the tokens, whether the id and the
// secret belong together, whether the gateway knows the keys. No answer is no verdict: a service may be away.

const patience = 10_000; // ms for each question

/**
 * @typedef {{verdict: 'good' | 'bad' | 'unknown', text: string}} Finding
 * @param {string} url @param {RequestInit} [options] @returns {Promise<{status: number, text: string} | null>} null: no answer
 */
async function ask(url, options = {}) {
  try {
    const answer = await fetch(url, {redirect: 'manual', signal: AbortSignal.timeout(patience), ...options});
    return {status: answer.status, text: (await answer.text()).slice(0, 65_536)};
  } catch {
    return null;
  }
}

/** @param {string} text @returns {any} */
function json(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

const host = (/** @type {string} */ url) => new URL(url).host;

/** Legrand's discovery document of an application. @param {string} login @param {string} clientId @returns {Promise<{issuer: string, jwks_uri: string} | Finding>} */
export async function discover(login, clientId) {
  const url = `${login}/${encodeURIComponent(clientId)}/.well-known/openid-configuration`;
  const answer = await ask(url);
  if (answer === null) return {verdict: 'unknown', text: `${host(login)} gave no answer`};
  const {issuer, jwks_uri} = json(answer.text);
  if (answer.status === 200 && typeof issuer === 'string' && typeof jwks_uri === 'string') return {issuer, jwks_uri};
  return {
    verdict: 'unknown',
    text: `${host(login)} publishes nothing about this application ID (status ${answer.status}); is it right?`,
  };
}

/**
 * Asks for new tokens with a refresh token that nobody has: a service looks at id and secret first.
 * @param {{token_endpoint: string, client_id: string, client_secret: string}} relay @returns {Promise<Finding>}
 */
export async function secretFits({token_endpoint, client_id, client_secret}) {
  const answer = await ask(token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: 'foyer-init-looks-whether-the-secret-fits',
      client_id,
      client_secret,
    }),
  });
  if (answer === null)
    return {verdict: 'unknown', text: `${host(token_endpoint)} gave no answer, so id and secret are not checked`};
  const {error} = json(answer.text);
  if (error === 'invalid_client' || error === 'unauthorized_client')
    return {
      verdict: 'bad',
      text: `${host(token_endpoint)} does not accept this id with this secret (${error}): copy both again`,
    };
  if (error === 'invalid_grant') return {verdict: 'good', text: `${host(token_endpoint)} knows this id and secret`};
  return {
    verdict: 'unknown',
    text: `${host(token_endpoint)} answered ${answer.status}, so id and secret are not checked`,
  };
}

/** @param {string} api @param {string[]} keys @param {string} path a read that wants a key @returns {Promise<Finding>} */
export async function keysFit(api, keys, path = '/smarther/v2.0/plants') {
  for (const [i, key] of keys.entries()) {
    const answer = await ask(api + path, {headers: {'Ocp-Apim-Subscription-Key': key, Authorization: 'Bearer none'}});
    if (answer === null) return {verdict: 'unknown', text: `${host(api)} gave no answer, so the keys are not checked`};
    if (answer.status === 401 && /subscription key/i.test(answer.text))
      return {
        verdict: 'bad',
        text: `${host(api)} does not accept the ${i ? 'secondary' : 'primary'} key: copy it again, and look whether the subscription is active`,
      };
    if (answer.status !== 401)
      return {verdict: 'unknown', text: `${host(api)} answered ${answer.status}, so the keys are not checked`};
  }
  return {verdict: 'good', text: `${host(api)} knows ${keys.length === 1 ? 'the key' : 'both keys'}`};
}
