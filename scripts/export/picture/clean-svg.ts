// fast-xml-parser: reads and writes XML; content and import have it too.
import { XMLBuilder, XMLParser } from 'fast-xml-parser';

/**
 * An SVG without titles, descriptions, metadata, comments, and what editors add in namespaces of their own. Pictures within it are cleaned by `clean`. One that
 * is no XML is left as it is: no browser shows it.
 */
export function cleanSvg(bytes: Uint8Array, clean: (bytes: Uint8Array, file: string) => Uint8Array): Uint8Array {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const entities = /<!DOCTYPE[^[>]*\[[^\]]*<!ENTITY[^\]]*\]\s*>/.exec(text)?.[0] ?? '';
  let nodes: Node[];
  try {
    nodes = parser.parse(text);
  } catch {
    return bytes;
  }
  const xml = builder.build(cleaned(nodes));
  const drawn = xml.replace(EMBEDDED, (_: string, type: string, data: string) => {
    const picture = clean(Buffer.from(data.replace(/\s|&#\w+;/g, ''), 'base64'), 'within an SVG');
    return `data:image/${type};base64,${Buffer.from(picture).toString('base64')}`;
  });
  return Buffer.from(`${entities.replace(/<!--[\s\S]*?-->/g, '')}${drawn}`, 'utf8');
}

const EMBEDDED = /data:image\/(png|jpe?g|webp|gif|svg\+xml);base64,((?:[A-Za-z0-9+/=]|\s|&#\w+;)+)/g;

type Node = Record<string, unknown>;

const options = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  processEntities: false,
} as const;
const parser = new XMLParser({ ...options, trimValues: false, parseTagValue: false, parseAttributeValue: false, htmlEntities: false });
const builder = new XMLBuilder({ ...options, format: false, suppressEmptyNode: false, suppressBooleanAttributes: false });

function cleaned(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node): Node[] => {
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    const content = node[name];
    if (name === '#text' || name === '#cdata') return [node];
    if (name.startsWith('?') || SAYS_NOTHING.test(name) || isForeign(name)) return [];
    const attributes = Object.entries((node[':@'] ?? {}) as Node).filter(([key]) => !isRemark(key));
    return [{ [name]: Array.isArray(content) ? cleaned(content) : content, ':@': Object.fromEntries(attributes) }];
  });
}

const SAYS_NOTHING = /^(?:svg:)?(?:title|desc|metadata)$/;
/** Elements of other namespaces are not drawn; some programs write the prefix of SVG itself. */
const isForeign = (name: string) => name.includes(':') && !name.startsWith('svg:');
const isRemark = (key: string) => /^(?:data-|aria-)/.test(key) || (key.includes(':') && !/^(?:xmlns|xml|xlink):/.test(key));
