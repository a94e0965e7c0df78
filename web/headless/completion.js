// What shells need to complete commands, their options and words: made from the table of help.js.

const shells = {
  bash: () => `# foyer completion bash >> ~/.bashrc
_foyer() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in ${valued('|')}) ((i++)) ;; -*) ;; *) command=\${COMP_WORDS[i]}; break ;; esac
  done
  case $before in
    ${named(files).join(' | ')}) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --language) COMPREPLY=($(compgen -W "${languages.join(' ')}" -- "$word")); return ;;
    --scale) COMPREPLY=($(compgen -W "30min 1hour 3hours 1day 1week 1month" -- "$word")); return ;;
  esac
  case $command in
    '') COMPREPLY=($(compgen -W "${known().join(' ')} ${everywhere.map((one) => `--${one}`).join(' ')} --version" -- "$word")) ;;
${known()
  .map((name) => `    ${name}) COMPREPLY=($(compgen -W "${wordsOf(name).join(' ')}" -- "$word")) ;;`)
  .join('\n')}
  esac
}
complete -F _foyer foyer foyer.mjs
`,
  zsh: () => `#compdef foyer foyer.mjs
# foyer completion zsh > a folder of $fpath, as _foyer
_foyer() {
  local -a commands
  commands=(
${Object.entries({...programs, ...commands})
  .map(([name, {text}]) => `    ${single(`${name}:${text.replaceAll(':', '')}`)}`)
  .join('\n')}
  )
  local command= i
  for ((i = 2; i < CURRENT; i++)); do
    case $words[i] in ${valued('|')}) ((i++)) ;; -*) ;; *) command=$words[i]; break ;; esac
  done
  case $words[CURRENT-1] in
    ${named(files).join(' | ')}) _files; return ;;
    --language) compadd ${languages.join(' ')}; return ;;
    --scale) compadd 30min 1hour 3hours 1day 1week 1month; return ;;
  esac
  case $command in
    '') _describe command commands; compadd -- ${everywhere.map((one) => `--${one}`).join(' ')} --version ;;
${known()
  .map((name) => `    ${name}) compadd -- ${wordsOf(name).map(single).join(' ')} ;;`)
  .join('\n')}
  esac
}
compdef _foyer foyer foyer.mjs
`,
  fish: () => `# foyer completion fish > ~/.config/fish/completions/foyer.fish
complete -c foyer -f
${Object.entries({...programs, ...commands})
  .map(([name, {text}]) => `complete -c foyer -n __fish_use_subcommand -a ${name} -d ${single(text)}`)
  .join('\n')}
${everywhere
  .concat('version')
  .map((name) => fishOption('', name))
  .join('\n')}
${Object.entries(commands)
  .flatMap(([name, {options: own = []}]) =>
    own
      .filter((one) => !everywhere.includes(one))
      .map((one) => fishOption(`-n '__fish_seen_subcommand_from ${name}'`, one)),
  )
  .join('\n')}
${Object.entries(programs)
  .flatMap(([name, {options: own}]) =>
    own.map(
      (one) =>
        `complete -c foyer -n '__fish_seen_subcommand_from ${name}' -l ${bare(one)}${/=/.test(one) ? ' -r' : ''}${/=FILE/.test(one) ? ' -F' : ''}`,
    ),
  )
  .join('\n')}
${known()
  .flatMap((name) =>
    plainWords(name).map((word) => `complete -c foyer -n '__fish_seen_subcommand_from ${name}' -a ${single(word)}`),
  )
  .join('\n')}
`,
};

/** @param {string} text */
const single = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
/** Options that a value follows. @param {string} between */
const valued = (between) => named(Object.keys(options).filter((name) => options[name].value)).join(between);
/** @param {string[]} names */
const named = (names) => names.map((name) => `--${name}`);
/** An option of `programs` without what it takes. @param {string} option */
const bare = (option) => option.replace(/=.*/, '');
/** Options that name a file. */
const files = [
  'config',
  'verify',
  'out',
  ...new Set(Object.values(programs).flatMap(({options: own}) => own.filter((one) => one.endsWith('=FILE')).map(bare))),
];
/** What a command takes as it stands: its usage's small words. @param {string} name */
function plainWords(name) {
  if (programs[name]) return programs[name].words;
  if (name === 'help') return known();
  if (name === 'set') return wishes.split('|').map((one) => one.replace(/=.*/, '='));
  if (name === 'completion') return Object.keys(shells);
  if (name === 'schedule') return ['switch', 'end', 'delete', 'rename', 'edit', 'create'];
  return [];
}
/** @param {string} name */
const wordsOf = (name) => [...plainWords(name), ...named(programs[name]?.options.map(bare) ?? optionsOf(name))];
/** @param {string} when @param {string} name */
const fishOption = (when, name) =>
  `complete -c foyer ${when} -l ${name}${options[name].value ? ' -r' : ''}${name === 'config' || name === 'verify' ? ' -F' : ''} -d ${single(options[name].text)}`;
