// In the site sim.mjs lies beside worker.mjs.
export * from '../sim/sim.mjs';
