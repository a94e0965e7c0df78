// node tests/fresh/figures.mjs PACKAGES BYTES SECONDS – writes what ./dev run cost an untouched machine to
// build/fresh.json. Fails when packages or bytes are over their ceiling; the seconds are the machine's and the network's
// as well, so they are judged by who reads them (./dev bench shows all three).
import {figure, publish} from '../../tools/figures.mjs';

const [packages, bytes, seconds] = process.argv.slice(2).map(Number);
const results = [
  figure({name: 'fresh_packages', value: packages, unit: 'count'}),
  figure({name: 'fresh_bytes', value: bytes, unit: 'bytes'}),
  figure({name: 'fresh_seconds_to_page', value: seconds, unit: 's'}),
];
publish('fresh.json', results);
const [first, second] = results;
process.exitCode = [first, second].every(({value, ceiling}) => ceiling !== null && value <= ceiling) ? 0 : 1;
