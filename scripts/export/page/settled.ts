/**
 * Runs in a page, so it must not use anything outside itself. Waits for pictures and fonts. Returns what is broken: a missing picture or
 * font, or a link that leads nowhere. Null when nothing is.
 */
export async function settled(): Promise<string | null> {
  const images = [...document.images];
  // The images themselves tell afterwards which one failed.
  await Promise.allSettled(images.map((image) => image.decode()));
  const missing = images.find((image) => image.naturalWidth === 0);
  if (missing !== undefined) {
    const slide = missing.closest('[data-slide-id]')?.getAttribute('data-slide-id');
    return `the picture "${missing.alt || 'without a description'}"${slide ? ` on the slide ${slide}` : ''} cannot be shown`;
  }
  const dead = [...document.links].find(
    ({ hash, href }) =>
      hash !== '' && href === location.href.split('#')[0] + hash && document.getElementById(decodeURIComponent(hash.slice(1))) === null,
  );
  // Chromium would silently leave out such a link.
  if (dead !== undefined) return `a link to "${dead.hash}" leads nowhere`;
  await document.fonts.ready;
  const failed = [...document.fonts].find((face) => face.status === 'error');
  return failed === undefined ? null : `the font ${failed.family} ${failed.weight} could not be loaded`;
}
