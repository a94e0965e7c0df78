// @ts-check
/**
 * Registers the service worker of the page (worker.mjs) and waits until it controls this page.
 *
 * @typedef {'ready' | 'uncontrolled' | 'unsupported' | 'failed'} WorkerState
 * @typedef {{state: WorkerState, message: string}} WorkerReport `message` is plain text for people, '' when ready
 */

const patience = 10_000;  // ms

/**
 * Waits until a worker with this address controls the page: one with another task may do so until then.
 * @param {ServiceWorkerContainer} container @param {string} address @returns {Promise<boolean>}
 */
function controlled(container, address) {
  const ours = () => container.controller?.scriptURL === address;
  if (ours()) return Promise.resolve(true);
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(ours()), patience);
    container.addEventListener('controllerchange', () => {
      if (!ours()) return;
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/**
 * Never throws.
 * @param {object} options
 * @param {'worker' | 'server'} options.simulator who answers `cloud/` below the page: this worker or the server
 * @param {(url: string) => any} [options.scriptUrl] the page's Trusted Types policy (rule P3); gets exactly
 *   `./worker.mjs?sim=worker` or `./worker.mjs?sim=server`
 * @returns {Promise<WorkerReport>}
 */
export async function startWorker({simulator, scriptUrl = url => url}) {
  const container = globalThis.navigator?.serviceWorker;
  if (!container) {
    return {state: 'unsupported', message: globalThis.isSecureContext === false
        ? 'The demo home needs https or localhost: without it the browser offers no service worker.'
        : 'The demo home needs service workers, and this browser (or its private mode) offers none.'};
  }
  try {
    const script = `./worker.mjs?sim=${simulator === 'server' ? 'server' : 'worker'}`;
    await container.register(scriptUrl(script), {scope: './', type: 'module', updateViaCache: 'none'});
    const {active} = await container.ready;
    if (!container.controller) active?.postMessage('claim');
    if (await controlled(container, new URL(script, location.href).href)) return {state: 'ready', message: ''};
    return {state: 'uncontrolled', message: 'The demo home is not connected to this page yet. Reload the page.'};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {state: 'failed', message: `The demo home could not start its service worker: ${reason}`};
  }
}
