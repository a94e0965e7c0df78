// How `foyer serve` and `foyer init` say that something is wrong: one sentence, and the exit code of the client's table.

/** @type {Record<string, number>} */
export const exits = {
  invalid_input: 2,
  config: 3,
  transport: 5,
  refused: 8,
  storage: 12,
  unsupported: 13,
  cancelled: 14,
};

export class Refusal extends Error {
  /** @param {keyof typeof exits & string} kind @param {string} message @param {string} [field] the option that is meant */
  constructor(kind, message, field = '') {
    super(message);
    this.kind = kind;
    this.text = field ? `${field}: ${message}` : message;
  }
}
