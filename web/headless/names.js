// Names as people type them, for commands, options and what a home holds.
import {readdirSync} from 'node:fs';

/** The languages that are spoken: English, and each whose words lie beside this program. */
const languages = [
  'en',
  ...readdirSync(new URL('.', import.meta.url))
    .filter((file) => /^[a-z]{2}\.words$/.test(file))
    .map((file) => file.slice(0, 2))
    .sort(),
];

/** Without case and accents: "Séjour" → "sejour". @param {string} name */
const foldName = (name) =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** Steps of one letter (other, more, less, swapped) between two words. @param {string} a @param {string} b */
function slips(a, b) {
  const [x, y] = [[...a], [...b]];
  let before = [];
  let last = y.map((_, j) => j).concat(y.length);
  for (let i = 1; i <= x.length; i++) {
    const row = [i];
    for (let j = 1; j <= y.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x[i - 1] === y[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[y.length];
}

/** The one of `known` that was probably meant: at most a third of its letters are others. @param {string} wanted @param {string[]} known */
function nearestName(wanted, known) {
  const folded = foldName(wanted);
  const [best] = known
    .map((name) => ({
      name,
      far: slips(folded, foldName(name)),
      most: Math.max(1, Math.floor(foldName(name).length / 3)),
    }))
    .filter(({far, most}) => far <= most)
    .sort((a, b) => a.far - b.far);
  return best?.name ?? '';
}

/** @param {string} wanted @param {string[]} known */
const didYouMean = (wanted, known) => {
  const near = nearestName(wanted, known);
  return near ? `; did you mean "${near}"?` : '';
};
