/** Paragraphs and runs as DrawingML (ECMA-376, 21.1.2). */
import { colourXml, fillXml, type Look, pairOf } from './look.ts';
import { emu, escapeXml, points } from './ooxml.ts';
import type { Paragraph, Run, Target } from './shown.ts';

export interface TextContext {
  look: Look;
  /** BCP 47, of what says nothing else. */
  languageTag: string;
  /** Attributes of a link to a target; null where there is nothing to link to. */
  link: (target: Target) => string | null;
}

/** `<a:p>` for each paragraph; `linked` when the whole shape is a link, so that its runs need none. */
export function paragraphsXml(paragraphs: readonly Paragraph[], context: TextContext, linked = false): string {
  return paragraphs.map((paragraph, index) => paragraphXml(paragraph, index === 0, context, linked)).join('') || '<a:p/>';
}

/** `xmlns:ahyp`: the extension by which links keep the colour of the text. */
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
  // PowerPoint counts no further itself.
  const [own, shown] = mark?.type === 'number' && mark.number > MOST_COUNTED ? [null, withNumber(runs, mark.number)] : [mark, runs];
  const spacing = `<a:lnSpc>${lineHeight === null ? '<a:spcPct val="100000"/>' : `<a:spcPts val="${points(lineHeight)}"/>`}</a:lnSpc><a:spcBef><a:spcPts val="${before}"/></a:spcBef>`;
  return `<a:p><a:pPr${attributes}>${spacing}${markXml(own, context.look)}</a:pPr>${shown.map((run) => runXml(run, context, linked)).join('')}</a:p>`;
}

/** ECMA-376, 20.1.10.83. */
const MOST_COUNTED = 32_767;

function withNumber([first, ...rest]: readonly Run[], number: number): Run[] {
  return first === undefined ? [] : [{ ...first, text: `${number}. `, link: null }, { ...first, broken: false }, ...rest];
}

function markXml(mark: Paragraph['mark'], look: Look): string {
  if (mark === null) return '<a:buNone/>';
  const colour = `<a:buClr>${colourXml(mark.colour, look)}</a:buClr>`;
  if (mark.type === 'dash') return `${colour}<a:buFont typeface="Arial"/><a:buChar char="–"/>`;
  return `${colour}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" startAt="${Math.max(mark.number, 1)}"/>`;
}

function runXml(run: Run, context: TextContext, linked: boolean): string {
  const properties = propertiesXml(run, context, linked);
  const text = `<a:t>${escapeXml(run.text)}</a:t>`;
  const line = run.broken ? `<a:br><a:rPr${properties.attributes}/></a:br>` : '';
  if (run.counts) return `${line}<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">${properties.xml}${text}</a:fld>`;
  return run.text === '' ? line : `${line}<a:r>${properties.xml}${text}</a:r>`;
}

function propertiesXml(run: Run, { look, languageTag, link }: TextContext, linked: boolean): { attributes: string; xml: string } {
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

/** Fonts of the theme by their role; others by name. */
function fontsXml(run: Run, { major, minor }: Look): string {
  const pair = pairOf(run);
  if (pair.latin === major.latin) return '<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/>';
  if (pair.latin === minor.latin) return '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>';
  return `<a:latin typeface="${escapeXml(pair.latin)}"/><a:ea typeface="${escapeXml(pair.chinese)}"/>`;
}

/** A language as Office names it: with a region, and without a script. */
export function cultureOf(tag: string): string {
  try {
    const { language, region } = new Intl.Locale(tag).maximize();
    return region === undefined ? language : `${language}-${region}`;
  } catch {
    // A tag that is none: whatever the reader's own language is.
    return 'en-GB';
  }
}
