/**
 * Runs in a page, so it may use nothing from outside itself: waits for pictures and fonts. Returns what is broken: a picture or a font that did not come, a
 * link that leads nowhere.
 */
export async function settled(): Promise<string | null> {
  const images = [...document.images];
  // Which one failed is asked afterwards, of the image itself.
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
  // Chromium would leave such a link out without a word.
  if (dead !== undefined) return `a link to "${dead.hash}" leads nowhere`;
  await document.fonts.ready;
  const failed = [...document.fonts].find((face) => face.status === 'error');
  return failed === undefined ? null : `the font ${failed.family} ${failed.weight} could not be loaded`;
}
