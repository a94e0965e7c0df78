// Starting other programs: one function, a time limit, and nothing left behind.
// Contract: `run` never throws; it answers with the exit code (or a signal name), the output, and whether the limit
// (milliseconds) was reached. The program gets its own process group, which is ended as a whole at the limit and when
// this process is interrupted.
import {spawn} from 'node:child_process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Already gone: nothing to end.
  }
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    for (const child of running) endGroup(child);
    process.exit(130);
  });
}

/**
 * @typedef {{ code: number | string, output: string, timedOut: boolean, ok: boolean }} Outcome
 * @param {string} program
 * @param {string[]} args
 * @param {{ limit?: number, env?: Record<string, string>, show?: boolean }} [options] show: pass output on as it comes
 * @returns {Promise<Outcome>}
 */
export function run(program, args, {limit = 600_000, env = {}, show = false} = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: {...process.env, ...env},
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    /** @type {Buffer[]} */
    const blocks = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child);
    }, limit);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ block) => {
        blocks.push(block);
        if (show) process.stdout.write(block);
      });
    }
    const finish = (/** @type {number | string} */ code) => {
      clearTimeout(timer);
      running.delete(child);
      endGroup(child);
      resolve({code, output: Buffer.concat(blocks).toString(), timedOut, ok: code === 0 && !timedOut});
    };
    child.on('error', (error) => finish(error.message));
    child.on('close', (code, signal) => finish(code ?? signal ?? 'unknown'));
  });
}
