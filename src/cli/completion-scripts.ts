/** The completion of a command line in the languages of three shells. */

/** Words, or the names of files. Empty where a value has none to choose from. */
export type Values = readonly string[] | 'files';

export interface CompletedFlag {
  readonly names: readonly string[];
  readonly description: string;
  /** Absent where the flag takes no value. */
  readonly values?: Values;
}

export interface CompletedCommand {
  /** `report merge`; empty for the program. */
  readonly path: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly flags: readonly CompletedFlag[];
  /** Of its arguments. */
  readonly values: Values;
}

type Script = (commands: readonly CompletedCommand[]) => string;

export type Shell = 'bash' | 'zsh' | 'fish';

export const scripts: Readonly<Record<Shell, Script>> = { bash, zsh, fish };

/** Where COMPREPLY stays empty, bash completes files. */
function bash(commands: readonly CompletedCommand[]): string {
  const words = (list: readonly string[]) => `words=${quote(list.join(' '))}`;
  return `_digestry() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' next i words=''
  COMPREPLY=()
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $previous == '=' ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${command:+$command }\${COMP_WORDS[i]}"
    case "$next" in
      ${patterns(commands)}) command=$next ;;
    esac
  done
  case "$command $previous" in
${valueCases(commands, words, ':')}
    *)
      if [[ $current == -* ]]; then
        case "$command" in
${cases(commands, ({ flags }) => words(flags.flatMap(({ names }) => names)), '          ')}
        esac
      else
        case "$command" in
${cases(commands, (command) => words(listWords(command)), '          ')}
        esac
      fi
      ;;
  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o bashdefault -o default -F _digestry digestry
`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  const array = (list: readonly string[]) => `found=(${list.map(quote).join(' ')})`;
  const escapeColons = (word: string) => word.replaceAll(':', '\\:');
  const described = (name: string, description: string) => `${name}:${description}`;
  const flags = ({ flags: all }: CompletedCommand) =>
    array(all.flatMap(({ names, description }) => names.map((name) => described(name, description))));
  const others = (command: CompletedCommand) => {
    if (command.values === 'files') return '_files; return';
    const { subcommands } = command;
    return array([
      ...subcommands.map(({ name, description }) => described(name, description)),
      ...(subcommands.length === 0 ? command.values.map(escapeColons) : []),
    ]);
  };
  return `#compdef digestry
_digestry() {
  local command='' next i
  local -a found
  for ((i = 2; i < CURRENT; i++)); do
    next="\${command:+$command }\${words[i]}"
    case "$next" in
      ${patterns(commands)}) command=$next ;;
    esac
  done
  case "$command \${words[CURRENT-1]}" in
${valueCases(commands, (list) => array(list.map(escapeColons)), '_files; return')}
    *)
      if [[ \${words[CURRENT]} == -* ]]; then
        case "$command" in
${cases(commands, flags, '          ')}
        esac
      else
        case "$command" in
${cases(commands, others, '          ')}
        esac
      fi
      ;;
  esac
  _describe digestry found
}
compdef _digestry digestry
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ path, subcommands, flags, values }) => {
    const begin = `complete -c digestry -n ${quote(`__digestry_is ${quote(path)}`)}`;
    const list = (words: Values) =>
      words === 'files' || words.length === 0 ? '-F' : `-f -a ${quote(words.join(' '))}`;
    return [
      ...subcommands.map(({ name, description }) => `${begin} -a ${name} -d ${quote(description)}`),
      ...(values.length > 0 ? [`${begin} ${list(values)}`] : []),
      ...flags.map(({ names, description, values: ofFlag }) => {
        const flag = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
        const value = ofFlag === undefined ? [] : ['-r', list(ofFlag)];
        return [begin, ...flag, ...value, `-d ${quote(description)}`].join(' ');
      }),
    ];
  });
  return `function __digestry_is
  set -l command ''
  for word in (commandline -opc)[2..-1]
    set -l next (string trim "$command $word")
    if contains -- $next ${listPaths(commands).map(quote).join(' ')}
      set command $next
    end
  end
  test "$command" = "$argv[1]"
end
complete -c digestry -f
${lines.join('\n')}
`;
}

function listWords({ subcommands, values }: CompletedCommand): readonly string[] {
  if (subcommands.length > 0) return subcommands.map(({ name }) => name);
  return values === 'files' ? [] : values;
}

function listPaths(commands: readonly CompletedCommand[]): string[] {
  return commands.map(({ path }) => path).filter((path) => path !== '');
}

function patterns(commands: readonly CompletedCommand[]): string {
  return listPaths(commands).map(quote).join(' | ');
}

/** A case of bash and zsh for each command. */
function cases(
  commands: readonly CompletedCommand[],
  body: (command: CompletedCommand) => string,
  indent: string,
): string {
  return commands.map((command) => `${indent}${quote(command.path)}) ${body(command)} ;;`).join('\n');
}

/** Cases of the values of flags, of `command --flag`: those with words, then all others. */
function valueCases(
  commands: readonly CompletedCommand[],
  words: (list: readonly string[]) => string,
  files: string,
): string {
  const flags = commands.flatMap(({ path, flags: all }) =>
    all.flatMap(({ names, values }) => (values === undefined ? [] : [{ path, names, values }])),
  );
  const isList = ({ values }: { readonly values: Values }) => values !== 'files' && values.length > 0;
  const pattern = (path: string, names: readonly string[]) => names.map((name) => quote(`${path} ${name}`));
  const others = flags.filter((flag) => !isList(flag)).flatMap(({ path, names }) => pattern(path, names));
  return [
    ...flags
      .filter(isList)
      .map(
        ({ path, names, values }) =>
          `    ${pattern(path, names).join(' | ')}) ${words(values as readonly string[])} ;;`,
      ),
    `    ${others.join(' | ')}) ${files} ;;`,
  ].join('\n');
}

/** For a shell: nothing in single quotes is special but their end. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
