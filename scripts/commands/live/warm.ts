/**
 * State of a process that generates repeatedly, so that an edit costs only what it has changed: with 2,500 exchanges in 80 decks, a
 * fortieth of the first run.
 */
import { PageMemory } from '../../content/pages/page-memory.ts';
import { SlideMemory } from '../../model/outputs/slide-memory.ts';
import { loadTemplates, type Templates } from '../../render/load-templates.ts';
import { StampedHashes } from '../../shared/cache/stamped-hashes.ts';

export class Warm {
  /** Hashes of the decks in the slides folder. */
  readonly hashes = new StampedHashes();
  /** Slides made with the current templates. Null on the first run, which may make all decks: that would take half a gigabyte. */
  slides: SlideMemory | null = null;
  #pages: Promise<PageMemory> | null = null;
  #templates: Templates | null = null;

  /** Returns what was read from the content folder. */
  pages(content: string): Promise<PageMemory> {
    this.#pages ??= PageMemory.open(content, true);
    return this.#pages;
  }

  /** Returns the templates with their measurements, kept until the templates or their fonts change. Throws as loadTemplates does. */
  async templates(dir: string): Promise<Templates> {
    const read = await loadTemplates(dir);
    const known = this.#templates;
    if (known !== null && read.files === known.files && read.fonts === known.fonts) {
      this.slides ??= new SlideMemory();
      return known;
    }
    this.slides = null;
    this.#templates = read;
    return read;
  }
}
