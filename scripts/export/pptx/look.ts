/** The theme of a presentation: its colours and fonts by role, so that changing the theme in PowerPoint changes all slides. */
import { escapeXml, HEAD } from './ooxml.ts';
import type { Colour, Palette, ShownRun } from './shown.ts';

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
  const role = ROLES.find(([, name]) => palette[name] === colour)?.[0];
  return role === undefined ? `<a:srgbClr val="${hex(colour)}"/>` : `<a:schemeClr val="${role}"/>`;
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
