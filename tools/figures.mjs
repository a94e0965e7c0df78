// The promised figures: their goals and ceilings, the table, the JSON file. One place, so that `./dev size` and
// `./dev bench` cannot disagree about a promise.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {root} from './suites/run.mjs';

/** @typedef {{ name: string, value: number, unit: string, goal: number | null, ceiling: number | null }} Figure */

/** Goal and ceiling per name; both are upper bounds. null: measured, nothing promised yet.
 * @type {Record<string, { goal: number | null, ceiling: number | null }>} */
const promises = {
  first_visit_brotli_bytes: {goal: 262_144, ceiling: 344_064},
  heap_10000_bytes: {goal: null, ceiling: 50_331_648},
  parse_map_1000_ms: {goal: 6, ceiling: 9},
  idle_frames_10s: {goal: 0, ceiling: 0},
  idle_draws_10s: {goal: 0, ceiling: 0},
  frame_cpu_1000_p95_ms: {goal: 0.4, ceiling: 1},
  frame_cost_10000_over_100: {goal: 1.1, ceiling: 1.5},
  start_over_blank: {goal: 1.15, ceiling: null},
  phone_first_picture_ms: {goal: 500, ceiling: null},
  phone_home_after_consent_ms: {goal: 1500, ceiling: null},
  phone_press_second_frame_ms: {goal: 100, ceiling: null},
  phone_longest_task_ms: {goal: 100, ceiling: null},
  calls_per_day: {goal: 400, ceiling: 500},
  state_age_median_s: {goal: 180, ceiling: null},
  fresh_packages: {goal: 450, ceiling: 450},
  fresh_bytes: {goal: 1_600_000_000, ceiling: 1_600_000_000},
  fresh_seconds_to_page: {goal: 240, ceiling: 360},
};

/** @param {{ name: string, value: number, unit: string }} measured @returns {Figure} */
export function figure({name, value, unit}) {
  return {name, value, unit, ...(promises[name] ?? {goal: null, ceiling: null})};
}

/**
 * Prints the table and writes `{"results": […]}`. @param {string} file below build/ @param {Figure[]} results
 * @returns {boolean} whether every figure is under its ceiling
 */
export function publish(file, results) {
  const width = Math.max(4, ...results.map((r) => r.name.length));
  const cell = (/** @type {number | null} */ value) =>
    (value === null ? '–' : String(Number(value.toPrecision(8)))).padStart(12);
  console.log(
    `${'name'.padEnd(width)} ${'value'.padStart(12)} unit   ${'goal'.padStart(12)} ${'ceiling'.padStart(12)}`,
  );
  let good = true;
  for (const {name, value, unit, goal, ceiling} of results) {
    const over = ceiling !== null && value > ceiling;
    const verdict = over ? 'OVER' : goal !== null && value > goal ? 'over goal' : '';
    console.log(
      `${name.padEnd(width)} ${cell(value)} ${unit.padEnd(6)} ${cell(goal)} ${cell(ceiling)} ${verdict}`.trimEnd(),
    );
    good &&= !over;
  }
  const target = path.join(root, 'build', file);
  mkdirSync(path.dirname(target), {recursive: true});
  writeFileSync(target, `${JSON.stringify({results}, null, 2)}\n`);
  return good;
}
