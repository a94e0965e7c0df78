// A small checker of JSON Schema 2020-12: exactly the words that docs/*.schema.json use. A word it does not know is an error of
// the schema, so that nothing is believed to be checked that is not.

const known = new Set([
  '$schema',
  '$id',
  '$defs',
  '$ref',
  'title',
  'description',
  'default',
  'examples',
  'type',
  'const',
  'enum',
  'required',
  'properties',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'minLength',
  'pattern',
  'minimum',
  'maximum',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'errorMessage',
]);

/** @param {any} value */
function typeOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** @param {string} word @param {any} value */
const isType = (word, value) => typeOf(value) === word || (word === 'integer' && Number.isInteger(value));

/** The words anywhere in a schema that the checker does not know. @param {any} schema @returns {string[]} */
export function unknownWords(schema) {
  if (typeOf(schema) !== 'object') return [];
  const inner = [
    schema.items,
    schema.additionalProperties,
    schema.not,
    schema.if,
    schema.then,
    schema.else,
    schema.contains,
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
    ...Object.values(schema.properties ?? {}),
    ...Object.values(schema.$defs ?? {}),
  ];
  return [...Object.keys(schema).filter((word) => !known.has(word)), ...inner.flatMap(unknownWords)];
}

/**
 * Everything in `value` that the schema does not allow, each with the path of the field, in the words of `errorMessage` where
 * the schema has some (as editors show them): "expected …".
 * `load` gives the schema of a file that a `$ref` names ("home.schema.json").
 * @param {any} schema @param {any} value @param {(file: string) => any} load @returns {string[]}
 */
export function mistakes(schema, value, load) {
  /** @type {string[]} */
  const found = [];
  /** @param {any} root @param {string} ref @returns {{root: any, at: any}} */
  const follow = (root, ref) => {
    const [file, pointer] = ref.split('#');
    const base = file ? load(file) : root;
    let at = base;
    for (const step of (pointer ?? '').split('/').filter(Boolean)) at = at?.[step];
    if (at === undefined) throw new Error(`the schema refers to nothing: ${ref}`);
    return {root: base, at};
  };
  /** @param {any} root @param {any} at @param {any} value @returns {boolean} */
  const holds = (root, at, value) => mistakes({...at, $defs: root.$defs}, value, load).length === 0;
  /** What is said of a member that is missing. @param {any} root @param {any[]} tables  properties, the nearest first @param {string} name @returns {string | undefined} */
  const wordsOf = (root, tables, name) => {
    const at = tables.map((table) => table?.[name]).find(Boolean);
    return at?.errorMessage ?? (at?.$ref ? follow(root, at.$ref).at.errorMessage : undefined);
  };
  /** @param {any} root @param {any} at @param {any} one @param {string} path @param {any[]} tables  properties of the schemas around it */
  const check = (root, at, one, path, tables = []) => {
    for (const word of Object.keys(at))
      if (!known.has(word)) throw new Error(`the schema says "${word}", which is not checked`);
    let said = false;
    const say = (/** @type {string} */ what) => {
      if (!at.errorMessage) found.push(`${path || 'the whole'}: ${what}`);
      else if (!said) found.push(`${path || 'the file'}: expected ${at.errorMessage}`);
      said = true;
    };
    if (at.$ref) {
      const target = follow(root, at.$ref);
      check(target.root, target.at, one, path);
    }
    if (at.type && ![at.type].flat().some((word) => isType(word, one)))
      return say(`expected ${at.type}, not ${typeOf(one)}`);
    if ('const' in at && one !== at.const) say(`expected ${JSON.stringify(at.const)}`);
    if (at.enum && !at.enum.includes(one)) say(`"${one}" is none of ${at.enum.join(', ')}`);
    if (at.minLength && typeof one === 'string' && one.length < at.minLength) say('is too short');
    if (at.pattern && typeof one === 'string' && !new RegExp(at.pattern, 'u').test(one))
      say(`does not match ${at.pattern}`);
    if (at.minimum !== undefined && one < at.minimum) say(`is below ${at.minimum}`);
    if (at.maximum !== undefined && one > at.maximum) say(`is above ${at.maximum}`);
    for (const word of /** @type {const} */ (['anyOf', 'oneOf'])) {
      if (!at[word]) continue;
      const fits = at[word].filter((/** @type {any} */ choice) => holds(root, choice, one)).length;
      if (word === 'anyOf' ? fits === 0 : fits !== 1) say(`fits ${fits} of ${at[word].length} forms`);
    }
    if (at.not && holds(root, at.not, one)) say('is what it must not be');
    const around = [at.properties, ...tables];
    for (const part of at.allOf ?? []) check(root, part, one, path, around);
    if (at.if) {
      const branch = holds(root, at.if, one) ? at.then : at.else;
      if (branch) check(root, branch, one, path, around);
    }
    if (Array.isArray(one)) {
      if (one.length < (at.minItems ?? 0) || one.length > (at.maxItems ?? Infinity)) say(`has ${one.length} items`);
      if (at.contains && !one.some((item) => holds(root, at.contains, item))) say('lacks an item');
      if (at.items) one.forEach((item, index) => check(root, at.items, item, `${path}[${index}]`));
    } else if (typeOf(one) === 'object') {
      for (const name of at.required ?? []) {
        if (name in one) continue;
        const words = wordsOf(root, around, name);
        if (words) found.push(`${path ? `${path}.` : ''}${name}: expected ${words}`);
        else say(`"${name}" is missing`);
      }
      for (const [name, member] of Object.entries(one)) {
        const place = path ? `${path}.${name}` : name;
        if (at.properties?.[name]) check(root, at.properties[name], member, place);
        else if (at.additionalProperties === false) found.push(`${place}: is not in the schema`);
        else if (typeOf(at.additionalProperties) === 'object') check(root, at.additionalProperties, member, place);
      }
    }
  };
  check(schema, schema, value, '');
  return found;
}
