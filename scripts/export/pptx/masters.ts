/** The parts that all slides share: the master, a layout for each kind of slide, and the master of the notes. */
import { fillXml, type Look } from './look.ts';
import { emu, HEAD, NAMESPACES, points } from './ooxml.ts';
import type { Box, ShownSlide, TextItem } from './shown.ts';

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
