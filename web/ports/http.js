// fetch() for web/ports/browser_http.cpp. Answers: the HTTP status (+1000 when the body is not whole) with header lines, an empty
// line and the body; or -1 offline, -2 no readable answer, -3 too late, -4 redirected, -5 a certificate that is not accepted, which
// Node tells and no browser.
addToLibrary({
  // The body up to `most` bytes, and whether that is all of it.
  $foyerReadBody: async (response, most, late) => {
    const parts = [];
    let size = 0;
    let whole = true;
    try {
      const reader = response.body?.getReader();
      while (reader) {
        const piece = await reader.read();
        if (piece.done) break;
        const room = most - size;
        parts.push(piece.value.length > room ? piece.value.subarray(0, room) : piece.value);
        size += parts[parts.length - 1].length;
        if (piece.value.length > room) {
          whole = false;
          reader.cancel().catch(() => 0);
          break;
        }
      }
    } catch (error) {
      if (late()) throw error;
      whole = false; // cut in the middle by the peer
    }
    return {parts, size, whole};
  },
  foyer_http_send__deps: ['$foyerRun', '$foyerBytes', '$foyerReadBody', '$UTF8ToString'],
  foyer_http_send: (number, method, url, headers, body, bodySize, deadline, most, outlives) => {
    const abort = new AbortController();
    let tooLate = false;
    const timer = setTimeout(() => {
      tooLate = true;
      abort.abort();
    }, deadline);
    const offline = () => globalThis.navigator?.onLine === false;
    const verb = UTF8ToString(method);
    const address = UTF8ToString(url);
    const lines = UTF8ToString(headers).split('\n');
    const bytes = bodySize ? foyerBytes(body, bodySize) : undefined;
    const exchange = async () => {
      const fields = [];
      for (let i = 0; i + 1 < lines.length; i += 2) fields.push([lines[i], lines[i + 1]]);
      // Only a page of this origin can add it: the relay asks for it (tools/relay).
      if (globalThis.location && new URL(address).origin == location.origin) fields.push(['X-Foyer', '1']);
      const response = await fetch(address, {
        method: verb,
        headers: fields,
        body: bytes,
        signal: abort.signal,
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        keepalive: !!outlives,
      });
      const status = response.status;
      if (response.type == 'opaqueredirect' || (status > 300 && status < 400 && status != 304)) {
        abort.abort();
        return [-4];
      }
      const {parts, size, whole} = await foyerReadBody(response, most, () => tooLate);
      let head = '';
      response.headers.forEach((value, name) => (head += `${name}\n${value}\n`));
      const text = new TextEncoder().encode(head + '\n');
      const answer = new Uint8Array(text.length + size);
      answer.set(text);
      let at = text.length;
      for (const part of parts) {
        answer.set(part, at);
        at += part.length;
      }
      return [whole ? status : status + 1000, answer];
    };
    foyerRun(
      number,
      -2,
      () =>
        (offline() ? Promise.resolve([-1]) : exchange())
          .catch((error) => [
            tooLate ? -3 : offline() ? -1 : /CERT|UNABLE_TO/.test(error?.['cause']?.['code']) ? -5 : -2,
          ])
          .finally(() => clearTimeout(timer)),
      () => {
        clearTimeout(timer);
        abort.abort();
      },
    );
  },
});
