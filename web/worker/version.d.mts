// What seal.mjs writes into the site beside worker.mjs.
export const version: string;
export const files: string[];
