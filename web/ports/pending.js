// The JavaScript side of web/ports/pending.hpp, clock and timers: plain functions over the host's own, no eval.
addToLibrary({
  // Open questions of C++: number → what aborts the work.
  $foyerOpen: '=new Map()',
  $foyerBytes: (at, size) => HEAPU8.slice(at, at + size),
  $foyerDone__deps: ['$foyerOpen', 'foyer_port_done', 'malloc', 'free'],
  $foyerDone: (number, status, bytes) => {
    if (!foyerOpen.delete(number)) return;
    const data = typeof bytes == 'string' ? new TextEncoder().encode(bytes) : bytes || new Uint8Array(0);
    const size = data.length;
    const at = _malloc(size + 1);
    HEAPU8.set(data, at);
    _foyer_port_done(number, status, at, size);
    HEAPU8.fill(0, at, at + size); // it may have been a secret (S5)
    _free(at);
  },
  // Runs `work`, a function that promises [status, bytes]; `failed` is the status when it throws.
  $foyerRun__deps: ['$foyerOpen', '$foyerDone'],
  $foyerRun: (number, failed, work, abort) => {
    foyerOpen.set(number, abort);
    (async () => work())().then(
      (answer) => foyerDone(number, answer[0], answer[1]),
      () => foyerDone(number, failed),
    );
  },
  foyer_port_drop__deps: ['$foyerOpen'],
  foyer_port_drop: (number) => {
    const abort = foyerOpen.get(number);
    foyerOpen.delete(number);
    if (abort) abort();
  },

  foyer_clock_now: () => Date.now(),
  foyer_clock_steady: () => performance.now(),
  foyer_clock_offset: (ms) => -new Date(ms).getTimezoneOffset(),
  foyer_timer_start__deps: ['$foyerOpen', '$foyerDone'],
  foyer_timer_start: (number, ms) => {
    const timer = setTimeout(() => foyerDone(number, 0), ms);
    foyerOpen.set(number, () => clearTimeout(timer));
  },
});
