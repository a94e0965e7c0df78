// @ts-check
/** What stands in a WebAssembly program: its functions with their sizes and, where it has kept them, their names. */

/** @param {Uint8Array} data @param {number} at */
function reader(data, at) {
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = data[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  return {
    number,
    get at() {
      return at;
    },
    set at(to) {
      at = to;
    },
  };
}

/** Sections by id, custom ones by name. @param {Uint8Array} data @returns {Map<number | string, [number, number][]>} from, to */
export function sectionsOf(data) {
  const read = reader(data, 8);
  /** @type {Map<number | string, [number, number][]>} */
  const found = new Map();
  while (read.at < data.length) {
    const id = data[read.at++];
    const size = read.number();
    const end = read.at + size;
    /** @type {number | string} */
    let key = id;
    if (id === 0) {
      const length = read.number();
      key = new TextDecoder().decode(data.subarray(read.at, read.at + length));
      read.at += length;
    }
    found.set(key, [...(found.get(key) ?? []), [read.at, end]]);
    read.at = end;
  }
  return found;
}

/**
 * All functions that the program defines, in its order. The name is empty where none was kept.
 * @param {Uint8Array<ArrayBuffer>} data @returns {{name: string, from: number, to: number}[]} from, to: their bytes
 */
export function functionsOf(data) {
  const sections = sectionsOf(data);
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(data)).filter(
    (one) => one.kind === 'function',
  ).length;
  const [from] = sections.get(10)?.[0] ?? [0];
  const read = reader(data, from);
  const functions = Array.from({length: from ? read.number() : 0}, () => {
    const size = read.number();
    const at = read.at;
    read.at = at + size;
    return {name: '', from: at, to: at + size};
  });
  const [start, end] = sections.get('name')?.[0] ?? [0, 0];
  for (read.at = start; read.at < end;) {
    const kind = data[read.at++];
    const size = read.number();
    const next = read.at + size;
    if (kind === 1) {
      for (let left = read.number(); left > 0; --left) {
        const index = read.number(),
          length = read.number();
        const one = functions[index - imported];
        if (one) one.name = new TextDecoder().decode(data.subarray(read.at, read.at + length));
        read.at += length;
      }
    }
    read.at = next;
  }
  return functions;
}
