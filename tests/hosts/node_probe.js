// Where the probe's files lie: the folder is given by the test.
Module['foyerFiles'] = {
  vault: process.env.FOYER_PROBE_DIR + '/config.vault',
  records: process.env.FOYER_PROBE_DIR + '/config.records',
};
Module['quit'] = (status) => process.exit(status);
