/** A slide and its notes as parts of the package. */
import { fillXml, type Look } from './look.ts';
import { LAYOUTS, treeXml } from './masters.ts';
import { escapeXml, HEAD, NAMESPACES } from './ooxml.ts';
import { Relations } from './relations.ts';
import { shapeXml } from './shapes.ts';
import type { ShownItem, ShownSlide, Target } from './shown.ts';
import { cultureOf } from './text-body.ts';

export interface SlideContext {
  look: Look;
  languageTag: string;
  /** File name of a picture in `ppt/media/`. */
  picture: (item: ShownItem & { type: 'picture' }) => string;
}

/** Files by name, of the slide that is counted from 1. */
export function slideParts(slide: ShownSlide, notes: readonly string[], number: number, context: SlideContext): Map<string, string> {
  const relations = new Relations();
  relations.to('slideLayout', `../slideLayouts/slideLayout${LAYOUTS.indexOf(slide.kind) + 1}.xml`);
  if (notes.length > 0) relations.to('notesSlide', `../notesSlides/notesSlide${number}.xml`);
  const shapes = slide.items.map((item, index) =>
    shapeXml(item, index + 2, {
      ...context,
      picture: (picture) => relations.to('image', `../media/${context.picture(picture)}`),
      link: (target) => linkTo(target, relations),
    }),
  );
  const ground = `<p:bg><p:bgPr>${fillXml(slide.ground, context.look)}<a:effectLst/></p:bgPr></p:bg>`;
  const xml = `${HEAD}<p:sld ${NAMESPACES}><p:cSld>${ground}${treeXml(shapes.join(''))}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`;
  const parts = new Map([
    [`ppt/slides/slide${number}.xml`, xml],
    [`ppt/slides/_rels/slide${number}.xml.rels`, relations.toXml()],
  ]);
  if (notes.length > 0) for (const [name, text] of notesParts(notes, number, context.languageTag)) parts.set(name, text);
  return parts;
}

function linkTo(target: Target, relations: Relations): string | null {
  switch (target.type) {
    case 'slide':
      return `r:id="${relations.to('slide', `slide${target.index + 1}.xml`)}" action="ppaction://hlinksldjump"`;
    case 'deck':
      return `r:id="${relations.to('hyperlink', `${target.name}.pptx`, true)}"`;
    case 'web':
      return URL.canParse(target.url) ? `r:id="${relations.to('hyperlink', new URL(target.url).href, true)}"` : null;
  }
}

function notesParts(notes: readonly string[], number: number, languageTag: string): Map<string, string> {
  const relations = new Relations();
  relations.to('notesMaster', '../notesMasters/notesMaster1.xml');
  relations.to('slide', `../slides/slide${number}.xml`);
  const text = notes
    .flatMap((paragraph) => paragraph.split('\n'))
    .map((note) => `<a:p><a:r><a:rPr lang="${cultureOf(languageTag)}" dirty="0"/><a:t>${escapeXml(note)}</a:t></a:r></a:p>`)
    .join('');
  const shapes = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>${text}</p:txBody></p:sp>`;
  const xml = `${HEAD}<p:notes ${NAMESPACES}><p:cSld>${treeXml(shapes)}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`;
  return new Map([
    [`ppt/notesSlides/notesSlide${number}.xml`, xml],
    [`ppt/notesSlides/_rels/notesSlide${number}.xml.rels`, relations.toXml()],
  ]);
}
