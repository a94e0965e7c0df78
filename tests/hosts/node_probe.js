// Where the probe's files lie: the folder is given by the test.
Module['foyerFiles'] = {
  vault: process.env.FOYER_PROBE_DIR + '/config.vault',
  records: process.env.FOYER_PROBE_DIR + '/config.records',
};
// Emscripten ends a program by throwing its exit status.
process.on('uncaughtException', (error) => process.exit(error?.status ?? 1));
