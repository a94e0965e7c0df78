// The browser of the person before this machine, for `sign-in` and `serve`.
import {spawn} from 'node:child_process';

/**
 * Opens an address in the person's browser. Returns why not, or nothing. BROWSER of the environment goes before what the system
 * would take.
 * @param {string} url @returns {Promise<string | undefined>}
 */
export function openBrowser(url) {
  const own = process.env.BROWSER;
  const graphic = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!own && process.platform === 'linux' && !graphic) return Promise.resolve('this machine has no desktop');
  const [program, ...args] = own
    ? [own]
    : process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler']
        : ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(program, [...args, url], {stdio: 'ignore', detached: true});
    child.once('error', (error) => resolve(`${program}: ${error.message}`));
    child.once('spawn', () => {
      child.unref();
      resolve(undefined);
    });
  });
}
