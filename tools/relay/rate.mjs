// How often one caller may ask, counted as nginx's `limit_req … burst nodelay` counts it, for a relay that is one process.

/** @typedef {import('./relay.mjs').Relay} Relay */

const many = 10_000; // callers of a cloud that are remembered; then those go that have nothing left on their account

/**
 * @param {() => number} [now] milliseconds
 * @returns {(relay: Relay, caller: string) => boolean} may this caller ask this cloud once more? Being refused costs nothing.
 */
export function rateLimit(now = () => performance.now()) {
  /** By cloud and caller: requests above the rate, and when that was. @type {Map<Relay, Map<string, { excess: number, at: number }>>} */
  const clouds = new Map();
  return (relay, caller) => {
    const at = now();
    const rate = relay.requests_per_second;
    const callers = clouds.get(relay) ?? new Map();
    clouds.set(relay, callers);
    const paid = (/** @type {{ at: number }} */ one) => (rate * (at - one.at)) / 1000;
    const before = callers.get(caller);
    const excess = before === undefined ? 0 : Math.max(0, before.excess - paid(before) + 1);
    if (excess > 5 * rate) return false;
    if (before === undefined && callers.size >= many) {
      for (const [name, one] of callers) if (one.excess <= paid(one)) callers.delete(name);
      if (callers.size >= many) return false;
    }
    callers.set(caller, {excess, at});
    return true;
  };
}
