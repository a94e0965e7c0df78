// The console of web/headless/main.cpp and the names of names.cpp: hands on to the functions that cli.js puts into the
// module.
addToLibrary({
  foyer_console_print__deps: ['$UTF8ToString'],
  foyer_console_print: (json) => Module['foyerPrint'](UTF8ToString(json)),
  foyer_console_event__deps: ['$UTF8ToString'],
  foyer_console_event: (json) => Module['foyerEvent'](UTF8ToString(json)),
  foyer_console_redirect__deps: ['$foyerRun'],
  foyer_console_redirect: (number) => foyerRun(number, 1, async () => [0, await Module['foyerRedirect']()]),
  foyer_console_file__deps: ['$foyerRun'],
  foyer_console_file: (number) => foyerRun(number, 1, async () => [0, Module['foyerFile']()]),
  foyer_console_spend__deps: ['$foyerRun'],
  foyer_console_spend: (number, calls) =>
    foyerRun(number, 1, async () => [(await Module['foyerMaySpend'](calls)) ? 0 : 1]),
  // Ends when every file is written.
  foyer_console_end__deps: ['$UTF8ToString', '$foyerTail'],
  foyer_console_end: async (at, exit) => {
    const json = UTF8ToString(at);
    for (let seen; seen != foyerTail;) await (seen = foyerTail);
    Module['foyerEnd'](json, exit);
  },
  foyer_names_fold__deps: ['$UTF8ToString', '$stringToNewUTF8'],
  foyer_names_fold: (name) => stringToNewUTF8(Module['foyerFold'](UTF8ToString(name))),
  foyer_names_nearest__deps: ['$UTF8ToString', '$stringToNewUTF8'],
  foyer_names_nearest: (wanted, lines) =>
    stringToNewUTF8(Module['foyerNearest'](UTF8ToString(wanted), UTF8ToString(lines).split('\n').filter(Boolean))),
});
