/** The package of a presentation: its parts, their types, and the ZIP around them (ECMA-376, part 2). */
import { type Zippable, zipSync } from 'fflate';
import type { PdfMetadata } from '../../pdf/write/pdf-metadata.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { LAYOUTS, type Look, layoutXml, masterXml, notesMasterXml, themeXml } from './look.ts';
import { escapeXml, HEAD, NAMESPACES, Relations, SLIDE } from './ooxml.ts';
import type { ShownSlide } from './shown.ts';

export interface Presentation {
  look: Look;
  slides: readonly ShownSlide[];
  /** The parts of all slides, by name. */
  parts: ReadonlyMap<string, string>;
  /** PNGs by file name. */
  pictures: ReadonlyMap<string, Uint8Array>;
  /** Sections: groups of consecutive slides. Together they contain all slides in order. */
  sections: readonly { title: string; slides: number }[];
  metadata: PdfMetadata;
  date: Date;
}

/** Returns the bytes of the file. The same presentation gives the same bytes. */
export function packPresentation(presentation: Presentation): Uint8Array {
  const parts = new Map([...sharedParts(presentation), ...presentation.parts]);
  const encode = (text: string) => new TextEncoder().encode(text);
  const files: Zippable = { '[Content_Types].xml': encode(contentTypesXml([...parts.keys()])) };
  for (const [name, text] of parts) files[name] = encode(text);
  // Pictures are compressed already.
  for (const [name, bytes] of presentation.pictures) files[`ppt/media/${name}`] = [bytes, { level: 0 }];
  // The earliest date that a ZIP can hold. ZIPs store local time, so a fixed local date makes the time zone irrelevant.
  return zipSync(files, { mtime: new Date(1980, 0, 1), level: 6 });
}

function sharedParts(presentation: Presentation): Map<string, string> {
  const { look, slides, metadata } = presentation;
  const masters = new Relations();
  for (const [index] of LAYOUTS.entries()) masters.to('slideLayout', `../slideLayouts/slideLayout${index + 1}.xml`);
  masters.to('theme', '../theme/theme1.xml');
  const layouts = new Relations();
  layouts.to('slideMaster', '../slideMasters/slideMaster1.xml');
  const notes = new Relations();
  notes.to('theme', '../theme/theme2.xml');
  return new Map([
    ['_rels/.rels', packageRelations()],
    ['docProps/core.xml', coreXml(presentation)],
    [
      'docProps/app.xml',
      `${HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Briefdeck</Application><Slides>${slides.length}</Slides></Properties>`,
    ],
    ...presentationParts(presentation),
    ['ppt/theme/theme1.xml', themeXml(look, metadata.title)],
    ['ppt/theme/theme2.xml', themeXml(look, metadata.title)],
    ['ppt/slideMasters/slideMaster1.xml', masterXml(look, slides)],
    ['ppt/slideMasters/_rels/slideMaster1.xml.rels', masters.toXml()],
    ...LAYOUTS.flatMap((kind, index): [string, string][] => [
      [`ppt/slideLayouts/slideLayout${index + 1}.xml`, layoutXml(kind, look, slides)],
      [`ppt/slideLayouts/_rels/slideLayout${index + 1}.xml.rels`, layouts.toXml()],
    ]),
    ['ppt/notesMasters/notesMaster1.xml', notesMasterXml()],
    ['ppt/notesMasters/_rels/notesMaster1.xml.rels', notes.toXml()],
  ]);
}

function packageRelations(): string {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const core = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${type}/officeDocument" Target="ppt/presentation.xml"/><Relationship Id="rId2" Type="${core}" Target="docProps/core.xml"/><Relationship Id="rId3" Type="${type}/extended-properties" Target="docProps/app.xml"/></Relationships>`;
}

function coreXml({ metadata: { title, author, subject, keywords }, date }: Presentation): string {
  const time = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${date.toISOString().replace(/\.\d+Z$/, 'Z')}</dcterms:${name}>`;
  const text = (name: string, value: string) => `<${name}>${escapeXml(value)}</${name}>`;
  return `${HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${text('dc:title', title)}${text('dc:subject', subject)}${text('dc:creator', author)}${text('cp:keywords', keywords.join(', '))}${time('created')}${time('modified')}</cp:coreProperties>`;
}

/** Ids of slides must be at least 256. */
const FIRST_SLIDE = 256;

function presentationParts({ slides, sections }: Presentation): [string, string][] {
  const relations = new Relations();
  const master = relations.to('slideMaster', 'slideMasters/slideMaster1.xml');
  const notes = relations.to('notesMaster', 'notesMasters/notesMaster1.xml');
  const list = slides.map(
    (_, index) => `<p:sldId id="${FIRST_SLIDE + index}" r:id="${relations.to('slide', `slides/slide${index + 1}.xml`)}"/>`,
  );
  relations.to('theme', 'theme/theme1.xml');
  const xml = `${HEAD}<p:presentation ${NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="${master}"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="${notes}"/></p:notesMasterIdLst><p:sldIdLst>${list.join('')}</p:sldIdLst><p:sldSz cx="${SLIDE.width}" cy="${SLIDE.height}"/><p:notesSz cx="6858000" cy="9144000"/>${sectionsXml(sections)}</p:presentation>`;
  return [
    ['ppt/presentation.xml', xml],
    ['ppt/_rels/presentation.xml.rels', relations.toXml()],
  ];
}

/** [MS-PPTX] 2.2.2: the section list of PowerPoint 2010. */
function sectionsXml(sections: Presentation['sections']): string {
  let next = FIRST_SLIDE;
  const all = sections.map(({ title, slides }, index) => {
    const ids = Array.from({ length: slides }, () => `<p14:sldId id="${next++}"/>`).join('');
    return `<p14:section name="${escapeXml(title)}" id="{${guidOf(`${index} ${title}`)}}"><p14:sldIdLst>${ids}</p14:sldIdLst></p14:section>`;
  });
  return `<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">${all.join('')}</p14:sectionLst></p:ext></p:extLst>`;
}

/** Returns an id that is computed from a text, so that it is the same every time. */
function guidOf(text: string): string {
  const [a, b, c, d, e] = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(sha256(text).toUpperCase())?.slice(1) ?? [];
  return [a, b, c, d, e].join('-');
}

const TYPES: readonly [RegExp, string][] = [
  [/^ppt\/presentation\.xml$/, 'presentationml.presentation.main'],
  [/^ppt\/slides\/[^/]+\.xml$/, 'presentationml.slide'],
  [/^ppt\/slideLayouts\/[^/]+\.xml$/, 'presentationml.slideLayout'],
  [/^ppt\/slideMasters\/[^/]+\.xml$/, 'presentationml.slideMaster'],
  [/^ppt\/notesSlides\/[^/]+\.xml$/, 'presentationml.notesSlide'],
  [/^ppt\/notesMasters\/[^/]+\.xml$/, 'presentationml.notesMaster'],
  [/^ppt\/theme\/[^/]+\.xml$/, 'theme'],
  [/^docProps\/app\.xml$/, 'extended-properties'],
];

function contentTypesXml(names: readonly string[]): string {
  const overrides = names.flatMap((name) => {
    const type = TYPES.find(([pattern]) => pattern.test(name))?.[1];
    return type === undefined
      ? []
      : [`<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`];
  });
  return `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>${overrides.join('')}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;
}
