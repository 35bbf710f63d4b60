/** A presentation as its bytes tell, read without the code that made it. */
import { decodeXML } from 'entities';
import { unzipSync } from 'fflate';

export interface PptxSlide {
  xml: string;
  title: string;
  /** Every paragraph but the title's. */
  paragraphs: string[];
  notes: string;
  /** Where links lead: parts of the package, or addresses. */
  links: string[];
  alts: string[];
}

export interface Pptx {
  files: Record<string, Uint8Array>;
  slides: PptxSlide[];
  sections: string[];
}

export function readPptx(bytes: Uint8Array): Pptx {
  const files = unzipSync(bytes);
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const list = text('ppt/presentation.xml');
  const slides = all(/<p:sldId /g, list).map((_, index): PptxSlide => {
    const xml = text(`ppt/slides/slide${index + 1}.xml`);
    const relations = text(`ppt/slides/_rels/slide${index + 1}.xml.rels`);
    const [title = ''] = all(/<p:sp>(?:(?!<\/p:sp>).)*<p:ph type="title"\/>(?:(?!<\/p:sp>).)*<\/p:sp>/gs, xml);
    const used = new Set([...xml.matchAll(/<a:hlinkClick r:id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...relations.matchAll(/Id="([^"]+)" Type="[^"]+" Target="([^"]+)"/g)].filter(([, id]) => used.has(id ?? ''));
    return {
      xml,
      title: paragraphsOf(title).join('\n'),
      paragraphs: paragraphsOf(xml.replace(title, '')),
      notes: paragraphsOf(text(`ppt/notesSlides/notesSlide${index + 1}.xml`)).join('\n'),
      links: links.map(([, , target = '']) => decodeXML(target)),
      alts: [...xml.matchAll(/<p:cNvPr [^>]*descr="([^"]*)"/g)].map(([, alt = '']) => decodeXML(alt)),
    };
  });
  return { files, slides, sections: [...list.matchAll(/<p14:section name="([^"]*)"/g)].map(([, name = '']) => decodeXML(name)) };
}

function paragraphsOf(xml: string): string[] {
  return all(/<a:p>.*?<\/a:p>/gs, xml).map((paragraph) => decodeXML(all(/(?<=<a:t>).*?(?=<\/a:t>)/gs, paragraph).join('')));
}

function all(pattern: RegExp, text: string): string[] {
  return text.match(pattern) ?? [];
}
