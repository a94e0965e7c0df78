// Questions on the terminal. What is typed as a secret is not shown.
import {createInterface} from 'node:readline';
import {Writable} from 'node:stream';
import {Refusal} from './refusal.mjs';

/**
 * @param {NodeJS.ReadStream} input @param {NodeJS.WriteStream} output
 * @returns {{ask: (question: string, secret?: boolean) => Promise<string>, close: () => void}} `ask` is refused as cancelled
 *   by Ctrl-C and at the end of the input
 */
export function terminal(input = process.stdin, output = process.stderr) {
  let silent = false;
  const shown = new Writable({
    write(part, encoding, done) {
      if (!silent) output.write(part, encoding);
      done();
    },
  });
  const lines = createInterface({input, output: shown, terminal: true, historySize: 0});
  /** @type {(error: Error) => void} */
  let give_up = () => {};
  const cancel = () => {
    silent = false;
    output.write('\n');
    give_up(new Refusal('cancelled', 'ended before everything was answered; nothing was written'));
  };
  lines.on('SIGINT', cancel).on('close', cancel);
  return {
    ask: (question, secret = false) =>
      new Promise((resolve, reject) => {
        give_up = reject;
        // readline draws its line again at every key, the question included: a secret's stands before it instead, untouched.
        if (secret) output.write(question);
        silent = secret;
        lines.question(secret ? '' : question, (answer) => {
          silent = false;
          if (secret) output.write('\n');
          resolve(answer);
        });
      }),
    close() {
      lines.off('close', cancel);
      lines.close();
    },
  };
}
