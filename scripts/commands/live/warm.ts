/** What a process keeps that generates again and again, so that an edit costs what it has changed: of 2,500 exchanges in 80 decks a fortieth of the first run. */
import { PageMemory } from '../../content/pages/page-memory.ts';
import { SlideMemory } from '../../model/outputs/slide-memory.ts';
import { loadTemplates, type Templates } from '../../render/load-templates.ts';
import { StampedHashes } from '../../shared/cache/stamped-hashes.ts';

export class Warm {
  /** Of the decks in the slides folder. */
  readonly hashes = new StampedHashes();
  /** Slides made with the templates of now; null the first time, when all decks may have to be made: that would be half a gigabyte. */
  slides: SlideMemory | null = null;
  #pages: Promise<PageMemory> | null = null;
  #templates: Templates | null = null;

  /** What was read of the content folder. */
  pages(content: string): Promise<PageMemory> {
    this.#pages ??= PageMemory.open(content, true);
    return this.#pages;
  }

  /** The templates, with all that was measured by them, until they or their fonts are others. Throws as loadTemplates does. */
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
