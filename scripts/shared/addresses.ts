/** Paths of files as addresses and back, by the rules of URLs: the one place where a name is percent-encoded or decoded. */

/** A path with forward slashes as the path of a URL. Every character that means something in an address, in HTML or in a script is percent-encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** The path that an address stands for; an address that is not well-formed is taken as it is written. */
export function decodePath(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/**
 * The address of a picture in a deck. Vue decodes addresses once and makes import statements of them, in which a quote would be code and `#` a query. So
 * whatever is not plain is encoded twice; `pathOfDeckImport` takes off the second layer.
 */
export function deckAddress(path: string): string {
  return PLAIN.test(path) ? path : encodePath(path).replaceAll('%', '%25');
}

/** The path of a picture by its address in a deck. */
export function pathOfDeckAddress(address: string): string {
  return pathOfDeckImport(decodePath(address));
}

/** The same for an address that Vue has decoded: what Slidev's compiler imports. */
export function pathOfDeckImport(source: string): string {
  return decodePath(source);
}

/** Means the same in a path, in an address and in an import statement. */
const PLAIN = /^[\p{L}\p{M}\p{N}._ /-]+$/u;

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
