/** A deck as modules that run on top of the shell, compiled by Slidev's own plugins. */
import type { Plugin } from 'vite';
import { z } from 'zod';
import { sha256 } from '../../shared/hashes.ts';
import type { SlidevDeck, SlidevOptions } from '../slidev-deck.ts';
import { bundleWithSlidev, type SlidevSetup } from '../slidev-vite.ts';
import type { Exposed } from './exposed.ts';
import { NoShell } from './no-shell.ts';
import { frameOf } from './page.ts';
import { isPlain } from './plain-code.ts';

const compiledSchema = z.strictObject({
  /** Slides that were compiled together, by the hashes of what they are made from. */
  groups: z.array(z.strictObject({ code: z.string(), styles: z.string(), slides: z.array(z.string()), imports: z.array(z.string()) })),
  /** The page around it, without the files of the shell. */
  frame: z.string(),
  /** Whether its slides have no code of their own. */
  plain: z.boolean(),
  /** Its settings, what is known of its slides, and `deck.js` for the stage, by name. */
  files: z.record(z.string(), z.string()),
  /** Pictures by address: base64, and the file they were read from. */
  pictures: z.record(z.string(), z.strictObject({ body: z.string(), file: z.string() })),
  slides: z.int().positive(),
});
export const compiledDeckSchema = compiledSchema;
export type CompiledDeck = z.infer<typeof compiledSchema>;

export interface CompileSetup {
  options: SlidevOptions;
  exposed: Exposed;
  /** Ours that come before Slidev's. */
  plugins: readonly Plugin[];
  vite: Omit<SlidevSetup, 'plugins'>;
}

/**
 * Compiles the slides that `earlier` does not have (a slide in a deck that was compiled before costs nothing), and puts the page together. Throws
 * ExpectedError with the slide and the reason, NoShell, or what Vite throws.
 */
export async function compileDeck(deck: SlidevDeck, earlier: CompiledDeck | null, setup: CompileSetup): Promise<CompiledDeck> {
  const { slides } = deck.data;
  const keys = slides.map((slide, index) => keyOf(slide, index, deck.data.headmatter.defaults));
  const wanted = new Set(keys);
  const kept = (earlier?.groups ?? []).filter((group) => group.slides.some((key) => wanted.has(key)));
  // Every edit leaves a group behind: now and then all of them become one again.
  const groups = kept.length < MOST_GROUPS ? kept : [];
  const known = new Set(groups.flatMap((group) => group.slides));
  const missing = [...new Map(keys.map((key, index) => [key, index] as const)).entries()].filter(([key]) => !known.has(key));
  const output = await bundle(missing, setup);
  const pictures = { ...(groups.length === 0 ? {} : earlier?.pictures), ...output.pictures };
  if (missing.length > 0) groups.push({ ...output.group, slides: missing.map(([key]) => key) });
  const files = { 'configs.js': output.configs, 'meta.js': output.meta, 'deck.js': deckModule(keys, groups, slides.map(versionOf)) };
  const plain = groups.every(({ code }) => isPlain(code));
  return { frame: frameOf(setup.options), plain, groups, files, pictures, slides: slides.length };
}

const MOST_GROUPS = 8;

type Slide = SlidevDeck['data']['slides'][number];

/** All that a compiled slide depends on; its number and its front matter reach it when it is shown. */
function keyOf({ content, frontmatter }: Slide, index: number, defaults: unknown): string {
  return sha256(JSON.stringify([content, frontmatter.layout ?? null, index === 0, defaults ?? null])).slice(0, 20);
}

/** Another one whenever anything of the slide is, or its place. */
function versionOf({ content, frontmatter, note, title }: Slide, index: number): string {
  return sha256(JSON.stringify([index, content, frontmatter, note ?? null, title ?? null])).slice(0, 20);
}

interface Bundled {
  group: Omit<CompiledDeck['groups'][number], 'slides'>;
  meta: string;
  configs: string;
  pictures: CompiledDeck['pictures'];
}

async function bundle(missing: readonly [string, number][], { options, exposed, plugins, vite }: CompileSetup): Promise<Bundled> {
  const total = options.data.slides.length;
  const modules: Record<string, string> = {
    'deck:group':
      missing.map(([key, index]) => `export { default as s${key} } from '/@slidev/slides/${index + 1}/md';`).join('\n') || 'export {};',
    'deck:meta': Array.from(
      { length: total },
      (_, index) => `export { meta as m${index + 1} } from '/@slidev/slides/${index + 1}/frontmatter';`,
    ).join('\n'),
    'deck:configs': "export { default } from '/@slidev/configs';",
  };
  const bundled: Bundled = { group: { code: '', styles: '', imports: [] }, meta: '', configs: '', pictures: {} };
  try {
    const output = await bundleWithSlidev(
      { ...vite, plugins: [deckModules(modules), ontoShell(exposed), ...plugins] },
      {
        input: { 'deck/group': 'deck:group', 'deck/meta': 'deck:meta', 'deck/configs': 'deck:configs' },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: 'deck/[name]-[hash].js', assetFileNames: 'deck/[name]-[hash][extname]' },
      },
    );
    for (const item of output) {
      if (item.type === 'asset') {
        if (item.fileName.endsWith('.css')) bundled.group.styles = String(item.source);
        else
          bundled.pictures[`/${item.fileName}`] = {
            body: Buffer.from(item.source).toString('base64'),
            file: item.originalFileNames[0] ?? '',
          };
      } else if (item.name === 'deck/group') Object.assign(bundled.group, { code: item.code, imports: item.imports });
      else if (item.name === 'deck/meta') bundled.meta = item.code;
      else if (item.name === 'deck/configs') bundled.configs = item.code;
      else throw new NoShell(`its slides share ${item.name}`);
    }
    return bundled;
  } catch (error) {
    throw plainReason(error);
  }
}

function deckModules(modules: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'briefdeck:deck-modules',
    enforce: 'pre',
    resolveId: { order: 'pre', handler: (id) => (Object.hasOwn(modules, id) ? `\0${id}` : null) },
    load: (id) => (Object.hasOwn(modules, id.slice(1)) ? modules[id.slice(1)] : null),
  };
}

/** Has compiled slides take from the shell what must be there once. Everything else that is not the deck's own is refused. */
function ontoShell(exposed: Exposed): Plugin {
  const addresses = new Map([...exposed].map(([address, module]) => [module, address]));
  const external = (address: string) => ({ id: address, external: 'absolute' as const });
  return {
    name: 'briefdeck:onto-shell',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      async handler(id, importer, resolveOptions) {
        if (importer === undefined || id.startsWith('\0') || id.startsWith('/@slidev/') || /__slidev_\d+\./.test(id)) {
          const address = addresses.get(id);
          return address === undefined ? null : external(address);
        }
        // The name by which every slide imports it, before it costs a look at the disk.
        const known = addresses.get(id);
        if (known !== undefined) return external(known);
        const resolved = await this.resolve(id, importer, { ...resolveOptions, skipSelf: true });
        if (resolved === null || resolved.external) return resolved;
        const file = resolved.id.replace(/^\/@fs/, '');
        const address = addresses.get(file);
        if (address !== undefined) return external(address);
        if (isPicture(file)) return resolved;
        throw new NoShell(`it imports ${id}`);
      },
    },
  };
}

const isPicture = (file: string) => /\.(?:png|jpe?g|webp|gif|svg)$/i.test(file);

/** What the stage is given in place of Slidev's own list, whose slides are all compiled anew. Other modules stand beside it. */
function deckModule(keys: readonly string[], groups: CompiledDeck['groups'], versions: readonly string[]): string {
  const groupOf = new Map(groups.flatMap(({ slides }, index) => slides.map((key) => [key, index] as const)));
  return [
    "import configs from './configs.js';",
    "import * as metas from './meta.js';",
    ...groups.map((_, index) => `import * as group${index} from './group-${index}.js';`),
    `const components = [${keys.map((key) => `group${groupOf.get(key)}.s${key}`).join(', ')}];`,
    'export { configs };',
    `export const versions = ${JSON.stringify(versions)};`,
    'export const routes = components.map((component, index) =>',
    "  ({ no: index + 1, meta: metas['m' + (index + 1)], load: async () => ({ default: component }), component }));",
    `const styles = ${JSON.stringify(groups.flatMap(({ styles }, index) => (styles === '' ? [] : [`./group-${index}.css`])))};`,
    'const addresses = styles.map((style) => new URL(style, import.meta.url).href);',
    'export { addresses as styles };',
  ].join('\n');
}

/** Rolldown gathers what plugins throw, and tells it again in its own words. */
function plainReason(error: unknown): unknown {
  const reasons = causesOf(error);
  return reasons.find((each) => each instanceof NoShell) ?? reasons.find((each) => slideOf(each) !== null) ?? error;
}

function causesOf(error: unknown): unknown[] {
  if (typeof error !== 'object' || error === null) return [error];
  const gathered = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const cause = 'cause' in error && error.cause !== undefined ? [error.cause] : [];
  return [...[...gathered, ...cause].flatMap(causesOf), error];
}

/** The slide at which compiling failed, counted from 1, or null. */
export function slideOf(error: unknown): number | null {
  const id = typeof error === 'object' && error !== null && 'id' in error ? String(error.id) : '';
  const number = /__slidev_(\d+)\.md/.exec(`${id} ${error instanceof Error ? error.message : ''}`)?.[1];
  return number === undefined ? null : Number(number);
}
