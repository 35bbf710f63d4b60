/** What all slides share: the theme with its colours and fonts by role, so that changing it in PowerPoint changes all slides, master and layouts. */
import { emu, escapeXml, HEAD, NAMESPACES, points } from './ooxml.ts';
import type { Box, Colour, Palette, ShownRun, ShownSlide, TextItem } from './shown.ts';

/** A font for Latin letters and one for Chinese. */
export interface Pair {
  latin: string;
  chinese: string;
  /** Decides which fonts replace these where they are not installed. */
  isSerif: boolean;
}

export interface Look {
  palette: Palette;
  /** The fonts of titles. */
  major: Pair;
  /** The fonts of all other text. */
  minor: Pair;
}

/** Returns the fonts of a run, without generic names and without the Chinese mark fonts, which only a browser can combine. */
export function pairOf({ fonts }: ShownRun): Pair {
  const [latin = 'Arial', second] = fonts.filter((name) => !/^(?:serif|sans-serif|monospace|Chinese Marks .*)$/.test(name));
  return { latin, chinese: second ?? latin, isSerif: fonts.includes('serif') };
}

/** Returns the XML of a colour, by role if it has one. */
export function colourXml(colour: Colour, { palette }: Look): string {
  const [opaque, alpha] = [colour.slice(0, 7), colour.slice(7)];
  const role = ROLES.find(([, name]) => palette[name] === opaque)?.[0];
  const [element, value] = role === undefined ? ['srgbClr', hex(opaque)] : ['schemeClr', role];
  if (alpha === '') return `<a:${element} val="${value}"/>`;
  return `<a:${element} val="${value}"><a:alpha val="${Math.round((Number.parseInt(alpha, 16) / 255) * 100_000)}"/></a:${element}>`;
}

export function fillXml(colour: Colour | null, look: Look): string {
  return colour === null ? '<a:noFill/>' : `<a:solidFill>${colourXml(colour, look)}</a:solidFill>`;
}

/** Returns `theme1.xml`. */
export function themeXml({ palette, major, minor }: Look, name: string): string {
  const colour = (role: string, value: Colour) => `<a:${role}><a:srgbClr val="${hex(value)}"/></a:${role}>`;
  const { ink, paper, muted, tint, accent, accentInk, rule } = palette;
  const roles: [string, Colour][] = [
    ['dk1', ink],
    ['lt1', paper],
    ['dk2', muted],
    ['lt2', tint],
    ['accent1', accent],
    ['accent2', accentInk],
    ['accent3', muted],
    ['accent4', rule],
    ['accent5', ink],
    ['accent6', tint],
    ['hlink', accentInk],
    ['folHlink', accentInk],
  ];
  const font = ({ latin, chinese, isSerif }: Pair) =>
    `<a:latin typeface="${escapeXml(latin)}" pitchFamily="${isSerif ? 18 : 34}" charset="0"/><a:ea typeface="${escapeXml(chinese)}"/><a:cs typeface=""/><a:font script="Hans" typeface="${escapeXml(chinese)}"/>`;
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
  const line = (width: number) => `<a:ln w="${width}">${fill}</a:ln>`;
  const effect = '<a:effectStyle><a:effectLst/></a:effectStyle>';
  return `${HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="${escapeXml(name)}"><a:themeElements><a:clrScheme name="Briefdeck">${roles
    .map(([role, value]) => colour(role, value))
    .join(
      '',
    )}</a:clrScheme><a:fontScheme name="Briefdeck"><a:majorFont>${font(major)}</a:majorFont><a:minorFont>${font(minor)}</a:minorFont></a:fontScheme>${`<a:fmtScheme name="Briefdeck"><a:fillStyleLst>${fill.repeat(3)}</a:fillStyleLst><a:lnStyleLst>${[6350, 12_700, 19_050].map(line).join('')}</a:lnStyleLst><a:effectStyleLst>${effect.repeat(3)}</a:effectStyleLst><a:bgFillStyleLst>${fill.repeat(3)}</a:bgFillStyleLst></a:fmtScheme>`}</a:themeElements></a:theme>`;
}

const ROLES = [
  ['tx1', 'ink'],
  ['bg1', 'paper'],
  ['tx2', 'muted'],
  ['bg2', 'tint'],
  ['accent1', 'accent'],
  ['accent2', 'accentInk'],
  ['accent4', 'rule'],
] as const;

function hex(colour: Colour): string {
  return colour.slice(1).toUpperCase();
}

// The master, a layout for each kind of slide, and the master of the notes.

/** The layouts, in the order of their numbers. */
export const LAYOUTS = ['frame', 'cover'] as const;

const TYPES: Record<ShownSlide['kind'], { type: string; name: string }> = {
  frame: { type: 'titleOnly', name: 'Claim' },
  cover: { type: 'title', name: 'Cover' },
};

/** Returns `slideMaster1.xml`. Its relationships are the layouts, then the theme. */
export function masterXml(look: Look, slides: readonly ShownSlide[]): string {
  const layouts = LAYOUTS.map((_, index) => `<p:sldLayoutId id="${2_147_483_649 + index}" r:id="rId${index + 1}"/>`).join('');
  const level = (number: number) =>
    `<a:lvl${number}pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="2400" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl${number}pPr>`;
  const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(level).join('');
  const title =
    '<a:lvl1pPr algn="l"><a:buNone/><a:defRPr sz="3330" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>';
  const ground = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>';
  return `${HEAD}<p:sldMaster ${NAMESPACES}><p:cSld>${ground}${treeXml(placeholdersXml('frame', slides, look))}</p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst>${layouts}</p:sldLayoutIdLst><p:txStyles><p:titleStyle>${title}</p:titleStyle><p:bodyStyle>${levels}</p:bodyStyle><p:otherStyle>${levels}</p:otherStyle></p:txStyles></p:sldMaster>`;
}

/** Returns `slideLayout<n>.xml` for a kind of slide. */
export function layoutXml(kind: ShownSlide['kind'], look: Look, slides: readonly ShownSlide[]): string {
  const { type, name } = TYPES[kind];
  return `${HEAD}<p:sldLayout ${NAMESPACES} type="${type}" preserve="1"><p:cSld name="${name}">${treeXml(placeholdersXml(kind, slides, look))}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`;
}

/** Returns `notesMaster1.xml`: a picture of the slide above its notes, in portrait format. */
export function notesMasterXml(): string {
  const shapes = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="1143000"/><a:ext cx="5486400" cy="3086100"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp><p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" sz="quarter" idx="3"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="4400550"/><a:ext cx="5486400" cy="3600450"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>`;
  return `${HEAD}<p:notesMaster ${NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>${treeXml(shapes)}</p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:notesStyle><a:lvl1pPr marL="0" algn="l"><a:defRPr sz="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl1pPr></p:notesStyle></p:notesMaster>`;
}

/** Returns the shape tree of a slide, a layout or a master. */
export function treeXml(shapes: string): string {
  return `<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>${shapes}</p:spTree>`;
}

/** Returns title and page number, placed as on the first slide of that kind. */
function placeholdersXml(kind: ShownSlide['kind'], slides: readonly ShownSlide[], look: Look): string {
  const items = (slides.find((slide) => slide.kind === kind) ?? slides[0])?.items ?? [];
  const find = (role: TextItem['role']) => items.find((item): item is TextItem => item.type === 'text' && item.role === role);
  const [title, page] = [find('title'), find('page')];
  return [
    title === undefined
      ? ''
      : placeholderXml(2, 'Title', '<p:ph type="title"/>', title, '<a:r><a:rPr lang="en-GB"/><a:t>Title</a:t></a:r>', look),
    page === undefined
      ? ''
      : placeholderXml(
          3,
          'Slide number',
          '<p:ph type="sldNum" sz="quarter" idx="12"/>',
          page,
          '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>',
          look,
        ),
  ].join('');
}

function placeholderXml(id: number, name: string, placeholder: string, { box, paragraphs }: TextItem, text: string, look: Look): string {
  const run = paragraphs[0]?.runs[0];
  const style =
    run === undefined
      ? '<a:lstStyle/>'
      : `<a:lstStyle><a:lvl1pPr algn="${paragraphs[0]?.align === 'right' ? 'r' : 'l'}"><a:defRPr sz="${points(run.size)}" b="${run.bold ? 1 : 0}">${fillXml(run.colour, look)}</a:defRPr></a:lvl1pPr></a:lstStyle>`;
  const { x, y, width, height }: Box = box;
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="${emu(x)}" y="${emu(y)}"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"><a:normAutofit/></a:bodyPr>${style}<a:p>${text}</a:p></p:txBody></p:sp>`;
}
