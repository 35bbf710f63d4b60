/** What is varied from the usual run: one thing at a time, then some pairs of which one may hide the other's fault. */
import type { NodeVersion } from './nodes.ts';
import type { FormName } from './places.ts';
import type { Circumstances } from './run-line.ts';

export interface Row {
  /** What is other than usual. */
  name: string;
  form?: FormName;
  browser?: 'system';
  node?: NodeVersion;
  /** Runs after another row in the same place: on the caches that the row before has left. */
  samePlace?: true;
  /** Name of the project's folder. */
  folder?: string;
  user?: 'ordinary';
  readOnly?: Circumstances['readOnly'];
  env?: Circumstances['env'];
  temporary?: string;
  shell?: Circumstances['shell'];
  /** Programs that it takes besides. */
  programs?: readonly string[];
  /** What it says where decks cannot be made, with exit code 1. */
  refuses?: RegExp;
  /** Another Node that makes the same at the same time. */
  alongside?: NodeVersion;
  withoutPresenting?: true;
}

const spaces = 'a folder of its own';
/** With the folder around it more than 200 characters; a socket's path may have 107. */
const long = 'long-'.repeat(38);
const odd = "50% of Ana's & Ben's";

const quoted = (line: string) => `'${line.replaceAll("'", String.raw`'\''`)}'`;
const narrow = (line: string) => `script --quiet --return --command ${quoted(`stty cols 40; ${line}`)} /dev/null`;
const ordinary = { user: 'ordinary' } as const;
const packages = { ...ordinary, readOnly: ['packages'] } as const;
const readOnlyHome = { ...ordinary, readOnly: ['home'] } as const;
const cLocale = { LANG: 'C', LC_ALL: 'C' };

const ONE_THING: readonly Row[] = [
  { name: 'the usual run' },
  { name: "the system's browser", browser: 'system' },
  { name: 'the package', form: 'package' },
  { name: 'Node 20.19.0', node: '20.19.0' },
  { name: 'then Node 20, same caches', node: '20', samePlace: true },
  { name: 'then Node 22, same caches', node: '22', samePlace: true },
  { name: 'then Node 24, same caches', node: '24', samePlace: true },
  { name: 'then Node 26, same caches', node: '26', samePlace: true },
  { name: 'then Node 20.19.0, same caches', node: '20.19.0', samePlace: true },
  { name: 'two Nodes at once', node: '22', alongside: '26' },
  { name: 'an ordinary user', ...ordinary },
  { name: 'no HOME', env: { HOME: null } },
  { name: 'a read-only HOME', ...readOnlyHome },
  { name: 'TMPDIR with spaces', temporary: spaces },
  { name: 'TMPDIR of 200 characters', temporary: long },
  { name: 'umask 077', shell: (line) => `umask 077; ${line}` },
  { name: 'LANG=C', env: cLocale },
  { name: 'no standard input', shell: (line) => `${line} <&-` },
  { name: 'a terminal of 40 columns', shell: narrow, programs: ['script'] },
  { name: 'a path with spaces and umlauts', folder: 'Mühlen am Bach' },
  { name: 'a path with %, & and apostrophes', folder: odd },
  {
    name: 'a path with #',
    folder: 'mill #1',
    refuses: /Slidev makes no deck in an installation whose folder has .* in its name: \S*mill #1/,
  },
  {
    name: 'a path with quotation marks',
    folder: 'the "old" mill',
    refuses: /Slidev makes no deck in an installation whose folder has .* in its name/,
  },
  { name: 'read-only packages', ...packages },
];

const PAIRS: readonly Row[] = [
  { name: "the package, the system's browser", form: 'package', browser: 'system' },
  { name: 'the package, Node 20.19.0', form: 'package', node: '20.19.0' },
  { name: 'the package, Node 26', form: 'package', node: '26' },
  { name: 'the package, a path with %, & and apostrophes', form: 'package', folder: odd },
  { name: 'the package, read-only', form: 'package', ...packages },
  { name: "Node 24, the system's browser", node: '24', browser: 'system' },
  { name: 'Node 26, read-only packages', node: '26', ...packages },
  { name: "an ordinary user, the system's browser", ...ordinary, browser: 'system' },
  { name: 'an ordinary user without HOME', ...ordinary, env: { HOME: null } },
  { name: "TMPDIR of 200 characters, the system's browser", temporary: long, browser: 'system' },
  { name: "a path with %, & and apostrophes, the system's browser", folder: odd, browser: 'system' },
  { name: 'LANG=C, a path with spaces and umlauts', env: cLocale, folder: 'Mühlen am Bach' },
];

/** A presentation waits most of its time; what could keep it from opening is varied alone. */
export const MATRIX: readonly Row[] = [...ONE_THING, ...PAIRS.map((row): Row => ({ ...row, withoutPresenting: true }))];
