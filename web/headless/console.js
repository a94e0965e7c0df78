// The console of web/headless/main.cpp: hands on to the functions that cli.js puts into the module.
addToLibrary({
  foyer_console_print__deps: ['$UTF8ToString'],
  foyer_console_print: (json) => Module['foyerPrint'](UTF8ToString(json)),
  foyer_console_event__deps: ['$UTF8ToString'],
  foyer_console_event: (json) => Module['foyerEvent'](UTF8ToString(json)),
  foyer_console_redirect__deps: ['$foyerRun'],
  foyer_console_redirect: (number) => foyerRun(number, 1, async () => [0, await Module['foyerRedirect']()]),
  // Ends when every file is written.
  foyer_console_end__deps: ['$UTF8ToString', '$foyerTail'],
  foyer_console_end: async (at, exit) => {
    const json = UTF8ToString(at);
    for (let seen; seen != foyerTail;) await (seen = foyerTail);
    Module['foyerEnd'](json, exit);
  },
});
