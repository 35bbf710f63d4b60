/** Compiles decks for the shell, each theme and shape with plugins of its own: what a thread does, or the program itself. */
import { loadDeck, type SlidevDeck } from '../slidev-deck.ts';
import type { Shell } from './build-shell.ts';
import type { CompiledDeck } from './compile-deck.ts';
import { type Compiler, openCompiler } from './compiler.ts';
import { madeFrom } from './deck-records.ts';
import { NoShell } from './no-shell.ts';
import { Shells } from './shells.ts';

export interface DeckToCompile {
  /** Path of the deck. */
  entry: string;
  text: string;
  /** The only theme that it may name; any when not given. */
  theme: string | undefined;
  /** Folders besides slides and theme that it takes images from. */
  assets: readonly string[];
}

/** All is plain data, which another thread can be given. */
export type CompileOrder =
  /** Makes the plugins for such a deck, which compiling it then need not wait for. */
  | { type: 'open'; deck: DeckToCompile }
  /** `known` are the keys of shells that need not come with the answer. */
  | { type: 'compile'; deck: DeckToCompile; earlier: { made: string; compiled: CompiledDeck } | null; known: readonly string[] }
  | { type: 'close' };

export type CompileAnswer =
  | { type: 'compiled'; theme: string; made: string; shellKey: string; shell: Shell | null; compiled: CompiledDeck }
  | { type: 'no-shell'; reason: string }
  | { type: 'done' };

export class DeckCompiler {
  readonly #shells = new Shells();
  #compiler: Compiler | null = null;

  /** Throws ExpectedError when the deck is at fault, or what Vite throws. */
  readonly work = async (order: CompileOrder): Promise<CompileAnswer> => {
    if (order.type === 'close') {
      await this.#drop();
      return { type: 'done' };
    }
    try {
      const { entry, text, theme, assets } = order.deck;
      const deck = await loadDeck(entry, { theme, text });
      const made = await madeFrom(deck.theme);
      const { compile, shell, shellKey } = await this.#compilerFor(deck, made, assets);
      if (order.type === 'open') return { type: 'done' };
      const { earlier, known } = order;
      const compiled = await compile(deck, earlier?.made === made ? earlier.compiled : null);
      return { type: 'compiled', theme: deck.theme, made, shellKey, shell: known.includes(shellKey) ? null : shell, compiled };
    } catch (error) {
      if (error instanceof NoShell) return { type: 'no-shell', reason: error.message };
      throw error;
    }
  };

  /** For decks of one theme as it is now and of one shape; made anew when either is another one. */
  async #compilerFor(deck: SlidevDeck, made: string, assets: readonly string[]): Promise<Compiler> {
    if (this.#compiler?.fits(deck, made) === true) return this.#compiler;
    await this.#drop();
    this.#compiler = await openCompiler(deck, made, { assets, shells: this.#shells });
    return this.#compiler;
  }

  async #drop(): Promise<void> {
    const compiler = this.#compiler;
    this.#compiler = null;
    await compiler?.close();
  }
}
