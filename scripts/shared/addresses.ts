/** Converts file paths to URL addresses and back. Names are percent-encoded and decoded only here. */

/**
 * Returns a path with forward slashes as the path of a URL. Percent-encodes every character with a meaning in an address, in HTML or in a
 * script.
 */
export function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** Returns the path of an address. Returns an address that is not well-formed unchanged. */
export function decodePath(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/**
 * Returns the address of a picture in a deck. Vue decodes addresses once and turns them into import statements, where a quote would be code
 * and `#` would start a query. Anything but plain characters is therefore encoded twice; `pathOfDeckImport` removes the second layer.
 */
export function deckAddress(path: string): string {
  return PLAIN.test(path) ? path : encodePath(path).replaceAll('%', '%25');
}

/** Returns the path of a picture from its address in a deck. */
export function pathOfDeckAddress(address: string): string {
  return pathOfDeckImport(decodePath(address));
}

/** Like `pathOfDeckAddress`, for an address that Vue has already decoded, as Slidev's compiler imports it. */
export function pathOfDeckImport(source: string): string {
  return decodePath(source);
}

/** Characters that mean the same in a path, in an address and in an import statement. */
const PLAIN = /^[\p{L}\p{M}\p{N}._ /-]+$/u;

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
