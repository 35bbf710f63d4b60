/** Makes an editable presentation of a deck: reads texts, tables and pictures from the page in the browser. */
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-chromium';
import { DECK_PARTS } from '../../model/outputs/deck.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { listOf } from '../outputs/finish-printed.ts';
import { photograph } from '../page/print.ts';
import type { DeckJob, FinishOutput } from '../run/export-job.ts';
import type { Session } from '../run/session.ts';
import { madeFromDeck, type ShowAttempt, withShownDeck } from '../run/show-deck.ts';
import { drawingXml } from './drawing.ts';
import { findFaults, readPresentation } from './inspect-presentation.ts';
import { fitLines } from './line-room.ts';
import { colourXml, fillXml, LAYOUTS, type Look, pairOf, treeXml } from './look.ts';
import { DECORATION, emu, escapeXml, frameXml, HEAD, NAMESPACES, points, Relations } from './ooxml.ts';
import { type Presentation, packPresentation } from './package.ts';
import { blockTools, lineTools } from './page/block-tools.ts';
import { drawingTools } from './page/drawing-tools.ts';
import { lookTools } from './page/look-tools.ts';
import { itemTools, readInPage } from './page/read-in-page.ts';
import type { Box, Cell, Paragraph, ShownItem, ShownRun, ShownSlide, ShownSlides, Target, TextItem } from './shown.ts';

type PictureItem = ShownItem & { type: 'picture' };

/**
 * Reads the shown deck. The returned function packs the file and inspects it. Throws as withShownDeck does; the returned function throws
 * ExpectedError when the file is not as planned.
 */
export async function makePresentation(job: DeckJob, session: Session, attempt: ShowAttempt): Promise<FinishOutput> {
  const { shown, pictures } = await withShownDeck(job, session, attempt, async (page) => {
    const shown = await readSlides(page);
    return { shown, pictures: await takePictures(page, shown.slides) };
  });
  return async () => {
    const bytes = packPresentation(presentationOf(job, shown, pictures));
    inspect(bytes, job);
    return madeFromDeck(job, bytes);
  };
}

function inspect(bytes: Uint8Array, { deck }: DeckJob): void {
  const read = readPresentation(bytes);
  const faults = findFaults(read, deck.slides);
  if (faults.length > 0) throw new ExpectedError(`the presentation is not as planned: ${listOf(faults)}`);
}

function presentationOf(job: DeckJob, { slides, palette }: ShownSlides, pictures: Pictures): Presentation {
  const look: Look = { palette, ...fontsOf(slides) };
  const context = { look, languageTag: job.deck.languageTag, picture: (item: PictureItem) => pictures.names.get(item) ?? '' };
  return {
    look,
    slides,
    parts: new Map(slides.flatMap((slide, index) => [...slideParts(slide, job.deck.slides[index]?.notes ?? [], index + 1, context)])),
    pictures: pictures.files,
    sections: sectionsOf(job.deck),
    metadata: job.metadata,
    date: job.date,
  };
}

/** Returns the fonts of titles and of most other text. */
function fontsOf(slides: readonly ShownSlide[]): Pick<Look, 'major' | 'minor'> {
  const texts = slides.flatMap(({ items }) => items.filter((item): item is TextItem => item.type === 'text'));
  const firstOf = (role: TextItem['role']) =>
    texts.filter((text) => text.role === role).flatMap(({ paragraphs }) => paragraphs[0]?.runs ?? [])[0];
  const [title, text] = [firstOf('title'), firstOf('text')];
  const standard = { latin: 'Arial', chinese: 'Arial', isSerif: false };
  return { major: title === undefined ? standard : pairOf(title), minor: text === undefined ? standard : pairOf(text) };
}

/** Returns the parts of the deck as sections. */
function sectionsOf({ title, parts, slides }: DeckFile): Presentation['sections'] {
  if (parts === null || slides.some(({ part }) => part === null)) return [{ title, slides: slides.length }];
  return DECK_PARTS.map((name) => ({ title: parts[name], slides: slides.filter(({ part }) => part === name).length })).filter(
    (section) => section.slides > 0,
  );
}

interface Pictures {
  names: ReadonlyMap<PictureItem, string>;
  files: ReadonlyMap<string, Uint8Array>;
}

/** Takes pictures of what cannot be text, at three times the shown size. Identical pictures are stored once. */
async function takePictures(page: Page, slides: readonly ShownSlide[]): Promise<Pictures> {
  const names = new Map<PictureItem, string>();
  const files = new Map<string, Uint8Array>();
  const items = slides.flatMap((slide) => slide.items.filter((item): item is PictureItem => item.type === 'picture'));
  const photographs = await photograph(
    page,
    items.map(({ clip }) => clip),
    3,
  );
  for (const [index, item] of items.entries()) {
    const bytes = photographs[index];
    if (bytes === undefined) throw new RangeError('fewer photographs than pictures');
    const name = `${sha256(bytes).slice(0, 16)}.png`;
    names.set(item, name);
    files.set(name, bytes);
  }
  return { names, files };
}

// Reads the shown deck: positions, fonts and colours of its texts, and what must be a picture.

/** Reads all slides of the page that shows the deck. */
async function readSlides(page: Page): Promise<ShownSlides> {
  // A function in the page cannot use anything else of this file, so each gets what it needs as an argument.
  const source = `(() => {
    const look = (${lookTools})();
    const blocks = (${blockTools})(look, (${lineTools})(look));
    return (${readInPage})(look, (${itemTools})(look, blocks), (${drawingTools})(look, blocks));
  })()`;
  return page.evaluate<ShownSlides>(source);
}

// Writes a slide and its notes as parts of the package.

interface SlideContext {
  look: Look;
  languageTag: string;
  /** Returns the file name of a picture in `ppt/media/`. */
  picture: (item: ShownItem & { type: 'picture' }) => string;
}

/** Returns the files of a slide by name. `number` is counted from 1. */
function slideParts(slide: ShownSlide, notes: readonly string[], number: number, context: SlideContext): Map<string, string> {
  const relations = new Relations();
  relations.to('slideLayout', `../slideLayouts/slideLayout${LAYOUTS.indexOf(slide.kind) + 1}.xml`);
  if (notes.length > 0) relations.to('notesSlide', `../notesSlides/notesSlide${number}.xml`);
  // The slide itself has the id 1.
  let ids = 1;
  const shapeContext: ShapeContext = {
    ...context,
    nextId: () => ++ids,
    picture: (picture) => relations.to('image', `../media/${context.picture(picture)}`),
    link: (target) => linkTo(target, relations),
  };
  const shapes = fitLines(slide.items).map((item) => shapeXml(item, shapeContext));
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

// Writes the items of a slide as shapes of PresentationML (ECMA-376, 19.3.1).

interface ShapeContext extends TextContext {
  /** Returns the next free id on the slide. */
  nextId: () => number;
  /** Returns the id of a picture's relationship. */
  picture: (item: ShownItem & { type: 'picture' }) => string;
}

function shapeXml(item: ShownItem, context: ShapeContext): string {
  const id = context.nextId();
  switch (item.type) {
    case 'text':
      return textXml(item, id, context);
    case 'box':
      return boxXml(item, id, context);
    case 'table':
      return tableXml(item, id, context);
    case 'picture':
      return pictureXml(item, id, context);
    case 'drawing':
      return drawingXml(item, id, { ...context, text: (text) => textXml(text, context.nextId(), context) });
  }
}

const PLACEHOLDERS = { title: '<p:ph type="title"/>', page: '<p:ph type="sldNum" sz="quarter" idx="12"/>', text: '' };
const NAMES = { title: 'Title', page: 'Slide number', text: 'Text' };

function textXml(shown: TextItem, id: number, context: ShapeContext): string {
  const { role, box, paragraphs, tight, decoration } = compact(shown);
  const target = wholeLink(paragraphs);
  const link = target === null ? null : context.link(target);
  const properties = `<p:cNvPr id="${id}" name="${NAMES[role]} ${id}"${link === null && !decoration ? '/>' : `>${link === null ? '' : `<a:hlinkClick ${link}/>`}${decoration ? DECORATION : ''}</p:cNvPr>`}`;
  const body = `<a:bodyPr wrap="${tight ? 'none' : 'square'}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t" rtlCol="0">${tight ? '<a:noAutofit/>' : '<a:normAutofit/>'}</a:bodyPr><a:lstStyle/>`;
  const text = paragraphsXml(paragraphs, context, link !== null);
  return `<p:sp><p:nvSpPr>${properties}<p:cNvSpPr${role === 'text' ? ' txBox="1"' : '><a:spLocks noGrp="1"/></p:cNvSpPr'}${role === 'text' ? '/>' : '>'}<p:nvPr>${PLACEHOLDERS[role]}</p:nvPr></p:nvSpPr><p:spPr>${frameXml(roomy(shown, box))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>${body}${text}</p:txBody></p:sp>`;
}

/**
 * Returns a single line with a box as high as its letters. Browsers centre a line in its line height, other programs put it near the
 * bottom; in a box of this height its place is the same.
 */
function compact(item: TextItem): TextItem {
  const { box, paragraphs } = item;
  const [paragraph] = paragraphs;
  const largest = Math.max(...(paragraph?.runs ?? []).map(({ size }) => size));
  const given = paragraph?.lineHeight ?? null;
  if (paragraph === undefined || given === null || paragraphs.length > 1 || box.height > given * 1.5) return item;
  const lineHeight = Math.min(given, largest * 1.3);
  const y = box.y + (box.height - lineHeight) / 2;
  return { ...item, box: { ...box, y, height: lineHeight }, paragraphs: [{ ...paragraph, lineHeight }] };
}

/** Returns the browser's box with some extra width, because other programs may measure text slightly wider. */
function roomy({ tight, paragraphs }: TextItem, box: Box): Box {
  const more = tight || paragraphs[0]?.align === 'right' ? 0 : 3;
  return { ...box, width: box.width + more };
}

/** Returns the target of all words of a text. Null when there is none, or several. */
function wholeLink(paragraphs: readonly Paragraph[]): Target | null {
  const links = paragraphs.flatMap(({ runs }) => runs.map(({ link }) => link));
  return links.every((link) => isDeepStrictEqual(link, links[0])) ? (links[0] ?? null) : null;
}

function boxXml({ box, fill, outline }: ShownItem & { type: 'box' }, id: number, { look }: ShapeContext): string {
  const line = outline === null ? '<a:ln><a:noFill/></a:ln>' : `<a:ln w="${emu(outline.width)}">${fillXml(outline.colour, look)}</a:ln>`;
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Shape ${id}">${DECORATION}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>${frameXml(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>${fillXml(fill, look)}${line}</p:spPr></p:sp>`;
}

function pictureXml(item: ShownItem & { type: 'picture' }, id: number, { picture }: ShapeContext): string {
  return `<p:pic><p:nvPicPr><p:cNvPr id="${id}" name="Picture ${id}" descr="${escapeXml(item.alt)}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="${picture(item)}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>${frameXml(item.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>`;
}

function tableXml({ box, columns, rows }: ShownItem & { type: 'table' }, id: number, context: ShapeContext): string {
  const grid = columns.map((width) => `<a:gridCol w="${emu(width)}"/>`).join('');
  const lines = rows.map(({ height, cells }) => `<a:tr h="${emu(height)}">${cells.map((cell) => cellXml(cell, context)).join('')}</a:tr>`);
  const head = rows[0]?.head === true ? ' firstRow="1"' : '';
  const table = `<a:tbl><a:tblPr${head}/><a:tblGrid>${grid}</a:tblGrid>${lines.join('')}</a:tbl>`;
  return `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="${id}" name="Table ${id}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>${frameXml(box, 'p:xfrm')}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">${table}</a:graphicData></a:graphic></p:graphicFrame>`;
}

function cellXml({ paragraphs, padding, line }: Cell, context: ShapeContext): string {
  const insets = ` marL="${emu(padding.left)}" marR="${emu(padding.right)}" marT="${emu(padding.top)}" marB="${emu(padding.bottom)}"`;
  const none = (side: string) => `<a:${side} w="0"><a:noFill/></a:${side}>`;
  const below =
    line === null
      ? none('lnB')
      : `<a:lnB w="${emu(line.width)}"><a:solidFill>${colourXml(line.colour, context.look)}</a:solidFill></a:lnB>`;
  return `<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>${paragraphsXml(paragraphs, context)}</a:txBody><a:tcPr${insets}>${none('lnL')}${none('lnR')}${none('lnT')}${below}<a:noFill/></a:tcPr></a:tc>`;
}

// Writes paragraphs and runs as DrawingML (ECMA-376, 21.1.2).

interface TextContext {
  look: Look;
  /** BCP 47. The language of text without one of its own. */
  languageTag: string;
  /** Returns the attributes of a link to a target. Null when there is nothing to link to. */
  link: (target: Target) => string | null;
}

/** Returns `<a:p>` for each paragraph. With `linked` the whole shape is a link, so that its runs need none. */
function paragraphsXml(paragraphs: readonly Paragraph[], context: TextContext, linked = false): string {
  return paragraphs.map((paragraph, index) => paragraphXml(paragraph, index === 0, context, linked)).join('') || '<a:p/>';
}

/** The extension `ahyp`, with which links keep the colour of the text. */
const OWN_COLOUR =
  '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>';

function paragraphXml(
  { runs, align, rightToLeft, lineHeight, gap, indent, depth, mark }: Paragraph,
  isFirst: boolean,
  context: TextContext,
  linked: boolean,
): string {
  const attributes = [
    indent > 0 ? ` marL="${emu(indent)}"` : ' marL="0"',
    depth > 1 ? ` lvl="${Math.min(depth - 1, 8)}"` : '',
    mark === null ? ' indent="0"' : ` indent="${-emu(mark.width)}"`,
    { left: '', right: ' algn="r"', center: ' algn="ctr"' }[align],
    rightToLeft ? ' rtl="1"' : '',
  ].join('');
  const before = isFirst || gap === 0 ? 0 : points(gap);
  // PowerPoint's own numbering ends here.
  const [own, shown] = mark?.type === 'number' && mark.number > MOST_COUNTED ? [null, withNumber(runs, mark.number)] : [mark, runs];
  const spacing = `<a:lnSpc>${lineHeight === null ? '<a:spcPct val="100000"/>' : `<a:spcPts val="${points(lineHeight)}"/>`}</a:lnSpc><a:spcBef><a:spcPts val="${before}"/></a:spcBef>`;
  return `<a:p><a:pPr${attributes}>${spacing}${markXml(own, context.look)}</a:pPr>${shown.map((run) => runXml(run, context, linked)).join('')}</a:p>`;
}

/** The largest number of a list item: ECMA-376, 20.1.10.83. */
const MOST_COUNTED = 32_767;

function withNumber([first, ...rest]: readonly ShownRun[], number: number): ShownRun[] {
  return first === undefined ? [] : [{ ...first, text: `${number}. `, link: null }, { ...first, broken: false }, ...rest];
}

function markXml(mark: Paragraph['mark'], look: Look): string {
  if (mark === null) return '<a:buNone/>';
  const colour = `<a:buClr>${colourXml(mark.colour, look)}</a:buClr>`;
  if (mark.type === 'dash') return `${colour}<a:buFont typeface="Arial"/><a:buChar char="–"/>`;
  return `${colour}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" startAt="${Math.max(mark.number, 1)}"/>`;
}

function runXml(run: ShownRun, context: TextContext, linked: boolean): string {
  const properties = propertiesXml(run, context, linked);
  const text = `<a:t>${escapeXml(run.text)}</a:t>`;
  const line = run.broken ? `<a:br><a:rPr${properties.attributes}/></a:br>` : '';
  if (run.counts) return `${line}<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">${properties.xml}${text}</a:fld>`;
  return run.text === '' ? line : `${line}<a:r>${properties.xml}${text}</a:r>`;
}

function propertiesXml(run: ShownRun, { look, languageTag, link }: TextContext, linked: boolean): { attributes: string; xml: string } {
  const attributes = [
    ` lang="${cultureOf(run.lang === '' ? languageTag : run.lang)}"`,
    ` sz="${points(run.size)}"`,
    ` b="${run.bold ? 1 : 0}"`,
    run.italic ? ' i="1"' : '',
    run.underline ? ' u="sng"' : '',
    ' dirty="0"',
  ].join('');
  const target = run.link === null || linked ? null : link(run.link);
  const ground = run.ground === null ? '' : `<a:highlight>${colourXml(run.ground, look)}</a:highlight>`;
  const fonts = fontsXml(run, look);
  const click = target === null ? '' : `<a:hlinkClick ${target}>${OWN_COLOUR}</a:hlinkClick>`;
  return { attributes, xml: `<a:rPr${attributes}>${fillXml(run.colour, look)}${ground}${fonts}${click}</a:rPr>` };
}

/** Returns references to the theme's fonts by role, and other fonts by name. */
function fontsXml(run: ShownRun, { major, minor }: Look): string {
  const pair = pairOf(run);
  if (pair.latin === major.latin) return '<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/>';
  if (pair.latin === minor.latin) return '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>';
  return `<a:latin typeface="${escapeXml(pair.latin)}"/><a:ea typeface="${escapeXml(pair.chinese)}"/>`;
}

/** Returns a language tag as Office expects it: with a region, and without a script. */
function cultureOf(tag: string): string {
  try {
    const { language, region } = new Intl.Locale(tag).maximize();
    return region === undefined ? language : `${language}-${region}`;
  } catch {
    // Not a language tag, so a default is used.
    return 'en-GB';
  }
}
