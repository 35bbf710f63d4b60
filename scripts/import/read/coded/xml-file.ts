/**
 * Parses well-formed XML without a document type. Entities of a document type could expand a small file enormously or read other files.
 */
import { decodeXML } from 'entities';
import { XMLParser, XMLValidator } from 'fast-xml-parser'; // Pure JavaScript and maintained; reports where XML is broken.
import { ExpectedError } from '../../../shared/errors.ts';

/** An element. Attributes begin with `@`, the text is `#text`, and children are always lists. */
export type XmlElement = { [name: string]: string | XmlElement[] };

/** Parses a document. Throws ExpectedError with the place when it is not well-formed or has a document type. */
export function parseXml(text: string, file: string): XmlElement {
  refuseDoctype(text, file);
  const checked = XMLValidator.validate(text, { allowBooleanAttributes: false });
  if (checked !== true) {
    throw new ExpectedError(`${file}:${checked.err.line}:${checked.err.col}: the XML is broken: ${checked.err.msg}`, {
      hint: 'export the project again; this file is not whole or was edited by hand',
    });
  }
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  });
  try {
    return parser.parse(text) as XmlElement;
  } catch (error) {
    // The parser refuses, for example, elements that are nested too deeply.
    if (!(error instanceof Error)) throw error;
    throw new ExpectedError(`${file}: the XML cannot be read: ${error.message}`, { cause: error });
  }
}

/** Returns the children with a name; empty when there are none. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  const children = element?.[name];
  return Array.isArray(children) ? children.map((child) => (typeof child === 'string' ? { '#text': child } : child)) : [];
}

/** Returns null when the element has no such attribute. */
export function attributeOf(element: XmlElement, name: string): string | null {
  const value = element[`@${name}`];
  return typeof value === 'string' ? decodeXML(value) : null;
}

export function textOf(element: XmlElement): string {
  const text = element['#text'];
  return typeof text === 'string' ? decodeXML(text) : '';
}

/** Throws ExpectedError when XML has a document type. DOCX and REFI-QDA never have one. */
export function refuseDoctype(xml: string | Uint8Array, file: string): void {
  const mark = '<!DOCTYPE';
  if (!(typeof xml === 'string' ? xml.includes(mark) : Buffer.from(xml.buffer, xml.byteOffset, xml.length).includes(mark))) return;
  throw new ExpectedError(`${file}: the XML has a document type, which is refused: it could name foreign files or grow without end`, {
    hint: 'export the file again from the program it comes from',
  });
}
