// WebCrypto for web/ports/browser_crypto.cpp. Answers: 0 done, 1 no, 2 the key cannot be used, 3 not supported.
addToLibrary({
  foyer_random: (out, size) => {
    try {
      for (let at = 0; at < size; at += 65536) {
        crypto.getRandomValues(HEAPU8.subarray(out + at, out + Math.min(size, at + 65536)));
      }
      return 0;
    } catch {
      return 3;
    }
  },
  $foyerRs256: '={"name": "RSASSA-PKCS1-v1_5", "hash": "SHA-256"}',
  foyer_crypto_sha256__deps: ['$foyerRun', '$foyerBytes'],
  foyer_crypto_sha256: (number, data, size) => {
    const bytes = foyerBytes(data, size);
    foyerRun(number, 3, async () => [0, new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]);
  },
  foyer_crypto_verify__deps: ['$foyerRun', '$foyerBytes', '$foyerRs256', '$UTF8ToString'],
  foyer_crypto_verify: (number, n, e, data, size, signature, signatureSize) => {
    const jwk = {kty: 'RSA', n: UTF8ToString(n), e: UTF8ToString(e)};
    const text = foyerBytes(data, size);
    const signed = foyerBytes(signature, signatureSize);
    foyerRun(number, 2, async () => {
      if (!globalThis.crypto?.subtle) return [3];
      if (jwk['n'].length < 171 || !jwk['e']) return [2]; // below 1024 bits
      const key = await crypto.subtle.importKey('jwk', jwk, foyerRs256, false, ['verify']);
      return [(await crypto.subtle.verify(foyerRs256['name'], key, signed, text)) ? 0 : 1];
    });
  },
  foyer_crypto_generate__deps: ['$foyerRun', '$foyerRs256'],
  foyer_crypto_generate: (number) => {
    foyerRun(number, 3, async () => {
      const wanted = {modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), ...foyerRs256};
      const pair = await crypto.subtle.generateKey(wanted, true, ['sign', 'verify']);
      return [0, JSON.stringify(await crypto.subtle.exportKey('jwk', pair.privateKey))];
    });
  },
  foyer_crypto_sign__deps: ['$foyerRun', '$foyerBytes', '$foyerRs256', '$UTF8ToString'],
  foyer_crypto_sign: (number, jwk, data, size) => {
    const text = UTF8ToString(jwk);
    const bytes = foyerBytes(data, size);
    foyerRun(number, 2, async () => {
      if (!globalThis.crypto?.subtle) return [3];
      const key = await crypto.subtle.importKey('jwk', JSON.parse(text), foyerRs256, false, ['sign']);
      return [0, new Uint8Array(await crypto.subtle.sign(foyerRs256['name'], key, bytes))];
    });
  },
  foyer_crypto_hmac__deps: ['$foyerRun', '$foyerBytes'],
  foyer_crypto_hmac: (number, key, keySize, data, size) => {
    const secret = foyerBytes(key, keySize);
    const bytes = foyerBytes(data, size);
    foyerRun(number, 3, async () => {
      const imported = await crypto.subtle.importKey('raw', secret, {name: 'HMAC', hash: 'SHA-256'}, false, ['sign']);
      return [0, new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes))];
    });
  },
});
