// What seal.mjs puts in front of the worker: no file of its own in the site.
/** A hash over all of the version. */
export const version: string;
/** Each file of the site and its hash as in `integrity`; '' for what may change without a new version. */
export const files: Record<string, string>;
