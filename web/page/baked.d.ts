// What pack.mjs puts into main.js, boot.js and lock.js.
declare const INTEGRITY: Record<string, string>;
/** Title, text and "Starting…" of the welcome by language; its keys are the languages that are spoken. */
declare const WELCOME: Record<string, [string, string, string]>;
/** The texts of boot.js and of the passphrase, by language and key (web/page/words.json, shell/words). */
declare const BOOT: Record<string, Record<string, string>>;
declare const LOCK: Record<string, Record<string, string>>;
