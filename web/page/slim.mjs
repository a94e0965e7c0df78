// @ts-check
/**
 * `node slim.mjs FOLDER FILE…` copies the page's modules into FOLDER without their comments: types and reasons are for
 * readers of the source, and a third of a first visit's JavaScript.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import typescript from 'typescript';

const [folder, ...files] = process.argv.slice(2);
if (!folder || files.length === 0) {
  console.error('usage: slim.mjs FOLDER FILE…');
  process.exit(2);
}
const {ScriptTarget: {ESNext}, ModuleKind} = typescript;
for (const file of files) {
  const {outputText} = typescript.transpileModule(readFileSync(file, 'utf8'),
      {fileName: file, compilerOptions: {allowJs: true, removeComments: true, target: ESNext, module: ModuleKind.ESNext}});
  const target = join(folder, basename(file));
  if (!existsSync(target) || readFileSync(target, 'utf8') !== outputText) writeFileSync(target, outputText);
}
