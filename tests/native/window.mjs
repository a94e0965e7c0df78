// Runs the native window under Xvfb and talks to it in its line protocol (native/window/script.hpp).
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {buildDir} from '../headless/support.mjs';

export const windowFile = process.env.FOYER_WINDOW ?? join(buildDir, 'native/foyer');

export class NativeWindow {
  /** @param {string} config @param {...string} args */
  constructor(config, ...args) {
    if (!existsSync(windowFile)) throw new Error(`not built: ${windowFile}`);
    this.child = spawn(
      'xvfb-run',
      ['-a', '-s', '-screen 0 1280x1000x24', windowFile, '--config', config, '--script', '--print-authorize', ...args],
      {stdio: ['pipe', 'pipe', 'pipe']},
    );
    /** @type {any[]} */
    this.lines = [];
    /** @type {Array<() => void>} */
    this.watchers = [];
    this.errors = '';
    this.child.stderr.on('data', (piece) => (this.errors += piece));
    createInterface({input: this.child.stdout}).on('line', (line) => {
      this.lines.push(JSON.parse(line));
      this.watchers.splice(0).forEach((watch) => watch());
    });
    this.ended = new Promise((resolve) =>
      this.child.on('close', (code) => {
        this.code = code;
        this.watchers.splice(0).forEach((watch) => watch());
        resolve(code);
      }),
    );
  }

  /** The next line that `fits`. @param {(line: any) => boolean} fits */
  async line(fits) {
    for (;;) {
      const at = this.lines.findIndex(fits);
      if (at >= 0) return this.lines.splice(at, 1)[0];
      if (this.code !== undefined) throw new Error(`the window ended with ${this.code}: ${this.errors}`);
      await new Promise((resolve) => this.watchers.push(() => resolve(undefined)));
    }
  }

  /** @param {...string} fields */
  say(...fields) {
    this.child.stdin.write(`${fields.join('\t')}\n`);
    return this.line((line) => 'ok' in line);
  }

  /**
   * Asks until the node is as wanted; the test's own time limit is the only clock.
   * @param {string} role @param {string} name @param {(node: any) => boolean} [wanted]
   */
  async until(role, name, wanted = (node) => node !== null) {
    for (;;) {
      const {node} = await this.say('find', role, name);
      if (wanted(node)) return node;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async close() {
    if (this.code === undefined) this.child.stdin.end('quit\n');
    return this.ended;
  }
}
