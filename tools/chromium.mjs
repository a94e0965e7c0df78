// Chromium as the tools and browser tests start it: headless, software WebGL 2, nothing phoning home.
import {existsSync} from 'node:fs';
import {chromium} from 'playwright-core';

const candidates = [
  process.env.FOYER_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const chromiumArguments = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--disable-gpu-compositing',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param {import('playwright-core').LaunchOptions} [options] */
export async function openChromium(options = {}) {
  const executablePath = candidates.find((file) => file !== undefined && existsSync(file));
  if (executablePath === undefined)
    throw new Error('Chromium is missing: install it or set FOYER_CHROMIUM to its program');
  return chromium.launch({...options, executablePath, args: [...chromiumArguments, ...(options.args ?? [])]});
}
