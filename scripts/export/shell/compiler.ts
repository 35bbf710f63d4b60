/** Slidev's plugins, made once for all decks of a theme and a shape. */
import { ExpectedError } from '../../shared/errors.ts';
import { sha256 } from '../../shared/hashes.ts';
import { projectRoot } from '../../shared/paths.ts';
import { asToldWriteError } from '../../shared/write-error.ts';
import { cannotCompile, checkLayouts } from '../check-layouts.ts';
import { plainReason } from '../plain-reason.ts';
import { type SlidevDeck, slidevOptions } from '../slidev-deck.ts';
import { importCompilingSlidev, importSlidev } from '../slidev-module.ts';
import { bundlePlugins } from '../slidev-plugins.ts';
import { shapeOf } from '../slidev-site.ts';
import { knownFolders, makeWorkFolder, slidevPlugins } from '../slidev-vite.ts';
import { buildShell, type Shell } from './build-shell.ts';
import { type CompiledDeck, compileDeck, slideOf } from './compile-deck.ts';
import { exposedModules } from './exposed.ts';
import { NoShell } from './no-shell.ts';
import type { Shells } from './shells.ts';

export interface Compiler {
  shell: Shell;
  shellKey: string;
  /** Whether it is for decks like this one, with all else as `made` says. */
  fits(deck: SlidevDeck, made: string): boolean;
  /** Throws ExpectedError when the deck is at fault and NoShell when the shell is. */
  compile(deck: SlidevDeck, earlier: CompiledDeck | null): Promise<CompiledDeck>;
  close(): Promise<void>;
}

export interface CompilerSetup {
  assets: readonly string[];
  shells: Shells;
}

/** Makes the plugins, and the shell where there is none yet. Throws NoShell when there can be none. */
export async function openCompiler(deck: SlidevDeck, made: string, { assets, shells }: CompilerSetup): Promise<Compiler> {
  const shape = shapeOf(deck);
  const shellKey = sha256(JSON.stringify([made, shape]));
  let shell = await shells.find(shellKey);
  // The shell needs all of Slidev, decks on top of it do not.
  const slidev = await (shell === null ? importSlidev() : importCompilingSlidev());
  const work = await makeWorkFolder();
  try {
    const options = await slidevOptions(deck, work.folder, { slidev });
    const theirs = await slidevPlugins(slidev, options);
    const setup = {
      slidev: theirs,
      known: knownFolders({ deck, workFolder: work.folder, images: assets }),
      root: projectRoot,
      // What is amiss makes it fail.
      complain: () => {},
    };
    const plugins = bundlePlugins(options);
    const exposed = await exposedModules(deck, options);
    if (shell === null) {
      shell = await shells.make(shellKey, () => buildShell(exposed, plugins, setup).catch(asNoShell));
    }
    // Style rules come with the shell: UnoCSS reads no deck, but would make its rules anew for each.
    const vite = { ...setup, slidev: theirs.filter(({ name }) => !name.startsWith('unocss:')) };
    return {
      shell,
      shellKey,
      fits: (other, madeNow) => madeNow === made && shapeOf(other) === shape,
      async compile(other, earlier) {
        // Slidev's plugins hold on to this object, so its contents change and not the object.
        Object.assign(options.data, other.data);
        options.entry = other.entry;
        await checkLayouts(options);
        try {
          return await compileDeck(other, earlier, { options, exposed, plugins, vite });
        } catch (error) {
          if (error instanceof NoShell || error instanceof ExpectedError) throw error;
          const slide = slideOf(error);
          throw cannotCompile(slide === null ? 'the deck' : `slide ${slide}`, error);
        }
      },
      close: work.remove,
    };
  } catch (error) {
    await work.remove();
    throw error;
  }
}

function asNoShell(error: unknown): never {
  // A full disk, say, keeps the development server from working too.
  const told = asToldWriteError(error, "Slidev's work folder");
  if (told !== error) throw told;
  throw new NoShell(`the shell cannot be bundled: ${plainReason(error)}`);
}
