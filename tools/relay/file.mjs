// The relay's description as a file: it holds secrets, so it is its owner's alone.
import {readFileSync, statSync} from 'node:fs';

/** @param {string} file @returns {string} its text @throws {Error} when it cannot be read, or others can */
export function ownersFile(file) {
  if (process.platform !== 'win32' && statSync(file).mode & 0o077)
    throw new Error(`it can be read by others; chmod 600 ${file}`);
  return readFileSync(file, 'utf8');
}
