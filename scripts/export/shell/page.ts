/** The page in which decks are shown: Slidev's, with the script, the styles and the modules of the shell. */
import type { SlidevOptions } from '../slidev-deck.ts';
import { SHELL_SCRIPT, type Shell } from './build-shell.ts';
import type { CompiledDeck } from './compile-deck.ts';
import { NoShell } from './no-shell.ts';
import { STAGE_FILES } from './stage.ts';

/**
 * Slidev's page, the same for all decks (slidev-deck.ts), with the script of the shell. Throws NoShell when it is not as this version of Slidev makes it.
 */
export function frameOf({ utils }: SlidevOptions): string {
  const page = utils.indexHtml.replace(/src="[^"]*\/main\.ts"/, `src="${SHELL_SCRIPT}"`);
  if (!page.includes(SHELL_SCRIPT)) throw new NoShell('the page of this version of Slidev starts in another way');
  return page;
}

/** A deck's frame with the files of a shell, whose names are other ones whenever it is made anew. */
export function pageOf({ frame, groups }: CompiledDeck, shell: Shell): string {
  const links = [
    ...shell.styles.map((address) => `<link rel="stylesheet" href="${address}">`),
    ...[...modulesOf(shell, groups)].map((address) => `<link rel="modulepreload" href="${address}">`),
  ].join('');
  return frame.replace('</head>', () => `${links}</head>`);
}

/** All modules that the page will ask for, so that it asks at once and not one after the other as it meets them. */
function modulesOf({ imports, starts }: Shell, groups: CompiledDeck['groups']): Set<string> {
  const found = new Set<string>();
  const add = (address: string) => {
    if (found.has(address)) return;
    found.add(address);
    imports[address]?.forEach(add);
  };
  for (const address of [...starts, ...Object.keys(STAGE_FILES), '/shell/vue.js', ...groups.flatMap((group) => group.imports)])
    add(address);
  return found;
}
