// @ts-check
/**
 * Registers the service worker of the page (worker.js) and waits until it controls this page.
 *
 * @typedef {'ready' | 'uncontrolled' | 'unsupported' | 'failed'} WorkerState
 * @typedef {{state: WorkerState, message: string}} WorkerReport `message` is plain text for people, '' when ready
 */

const patience = 10_000; // ms
const tries = 3;
const pause = 2000; // ms between them

/**
 * Waits until a worker with this address controls the page: one with another task may do so until then.
 * @param {ServiceWorkerContainer} container @param {string} address @returns {Promise<boolean>}
 */
function controlled(container, address) {
  const ours = () => container.controller?.scriptURL === address;
  if (ours()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(ours()), patience);
    container.addEventListener('controllerchange', () => {
      if (!ours()) return;
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/**
 * Whether a worker is there at last: the first one that comes may not get through its installation, because files of two
 * versions lie on the server for as long as one of them is being put up.
 * @param {ServiceWorkerRegistration} registration @returns {Promise<boolean>}
 */
function installed(registration) {
  const {installing} = registration;
  if (!installing || registration.active) return Promise.resolve(true);
  return new Promise((resolve) =>
    installing.addEventListener('statechange', () => {
      if (installing.state === 'redundant') resolve(false);
      if (installing.state === 'activated' || registration.active) resolve(true);
    }),
  );
}

/**
 * Never throws.
 * @param {object} options
 * @param {'worker' | 'server' | 'none'} options.simulator who answers `cloud/` below the page: this worker, the server or
 *   nobody, because the configuration has no simulated cloud
 * @param {(url: string) => any} [options.scriptUrl] the page's Trusted Types policy (rule P3); gets exactly
 *   `./worker.js?sim=` and the simulator
 * @returns {Promise<WorkerReport>}
 */
export async function startWorker({simulator, scriptUrl = (url) => url}) {
  const container = globalThis.navigator?.serviceWorker;
  if (!container) {
    return {
      state: 'unsupported',
      message:
        globalThis.isSecureContext === false
          ? 'The demo home needs https or localhost: without it the browser offers no service worker.'
          : 'The demo home needs service workers, and this browser (or its private mode) offers none.',
    };
  }
  try {
    const script = `./worker.js?sim=${simulator}`;
    for (let round = 1; ; ++round) {
      const registration = await container.register(scriptUrl(script), {scope: './', updateViaCache: 'none'});
      if (await installed(registration)) break;
      if (round === tries) {
        return {
          state: 'failed',
          message:
            'The files of this page do not fit together. As a rule a new version is just being put up: try again in a minute.',
        };
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    const {active} = await container.ready;
    if (!container.controller) active?.postMessage('claim');
    if (await controlled(container, new URL(script, location.href).href)) return {state: 'ready', message: ''};
    return {state: 'uncontrolled', message: 'The demo home is not connected to this page yet. Reload the page.'};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {state: 'failed', message: `The demo home could not start its service worker: ${reason}`};
  }
}
