// Node's cryptography for tests: its synchronous functions, because tests run in virtual time and never wait.
addToLibrary({
  $foyerTestBytes: (at, size) => Buffer.from(HEAPU8.subarray(at, at + size)),
  $foyerTestPut: (bytes, at, room) => {
    if (bytes.length > room) return -1;
    HEAPU8.set(bytes, at);
    return bytes.length;
  },
  foyer_test_sha256__deps: ['$foyerTestBytes'],
  foyer_test_sha256: (data, size, out) => {
    HEAPU8.set(require('node:crypto').createHash('sha256').update(foyerTestBytes(data, size)).digest(), out);
  },
  foyer_test_hmac__deps: ['$foyerTestBytes'],
  foyer_test_hmac: (key, keySize, data, size, out) => {
    const mac = require('node:crypto').createHmac('sha256', foyerTestBytes(key, keySize));
    HEAPU8.set(mac.update(foyerTestBytes(data, size)).digest(), out);
  },
  foyer_test_verify__deps: ['$foyerTestBytes', '$UTF8ToString'],
  foyer_test_verify: (n, e, data, size, signature, signatureSize) => {
    const crypto = require('node:crypto');
    try {
      const jwk = {kty: 'RSA', n: UTF8ToString(n), e: UTF8ToString(e)};
      if (!jwk.n || !jwk.e) return -1;
      const key = crypto.createPublicKey({key: jwk, format: 'jwk'});
      if (key.asymmetricKeyDetails.modulusLength < 1024) return -1;
      return crypto.verify('sha256', foyerTestBytes(data, size), key, foyerTestBytes(signature, signatureSize)) ? 1 : 0;
    } catch {
      return -1;
    }
  },
  foyer_test_generate__deps: ['$foyerTestPut'],
  foyer_test_generate: (out, room) => {
    const {privateKey} = require('node:crypto').generateKeyPairSync('rsa', {modulusLength: 2048});
    return foyerTestPut(Buffer.from(JSON.stringify(privateKey.export({format: 'jwk'}))), out, room);
  },
  foyer_test_sign__deps: ['$foyerTestBytes', '$foyerTestPut', '$UTF8ToString'],
  foyer_test_sign: (jwk, data, size, out, room) => {
    const crypto = require('node:crypto');
    try {
      const key = crypto.createPrivateKey({key: JSON.parse(UTF8ToString(jwk)), format: 'jwk'});
      return foyerTestPut(crypto.sign('sha256', foyerTestBytes(data, size), key), out, room);
    } catch {
      return -1;
    }
  },
});
