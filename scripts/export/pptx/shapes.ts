/** What stands on a slide as shapes of PresentationML (ECMA-376, 19.3.1). */
import { isDeepStrictEqual } from 'node:util';
import { colourXml, fillXml } from './look.ts';
import { emu, escapeXml } from './ooxml.ts';
import type { Box, Cell, Paragraph, ShownItem, Target, TextItem } from './shown.ts';
import { paragraphsXml, type TextContext } from './text-body.ts';

export interface ShapeContext extends TextContext {
  /** The id of a picture's relationship. */
  picture: (item: ShownItem & { type: 'picture' }) => string;
}

/** A shape; ids are counted on a slide, and 1 is the slide's own. */
export function shapeXml(item: ShownItem, id: number, context: ShapeContext): string {
  switch (item.type) {
    case 'text':
      return textXml(item, id, context);
    case 'box':
      return boxXml(item, id, context);
    case 'table':
      return tableXml(item, id, context);
    case 'picture':
      return pictureXml(item, id, context);
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
 * A line by itself stands in the middle of its height in a browser and near the end of it elsewhere; as high as its letters need it stands at the same place
 * everywhere.
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

/** The browser's box, and what another program's arithmetic may need besides. */
function roomy({ tight, paragraphs }: TextItem, box: Box): Box {
  const more = tight || paragraphs[0]?.align === 'right' ? 0 : 3;
  return { ...box, width: box.width + more };
}

/** The target that all words of a text lead to; null where there is none or several. */
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

function frameXml({ x, y, width, height }: Box, name = 'a:xfrm'): string {
  return `<${name}><a:off x="${emu(x)}" y="${emu(y)}"/><a:ext cx="${emu(Math.max(width, 0))}" cy="${emu(Math.max(height, 0))}"/></${name}>`;
}

/** Not read aloud. */
const DECORATION =
  '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>';
