/** Contrast of colours, as WCAG 2.2 defines it (relative luminance, success criterion 1.4.3). */

/** How much a theme's colour shines through on the tinted boxes: `--tint` in the theme. */
const TINT = 0.07;

/** The least contrast, as a ratio to 1, of an accent (`#rrggbb`) with what stands around it: white, and white with a breath of the accent. */
export function accentContrast(accent: string): number {
  const colour = channels(accent);
  const tinted = colour.map((channel) => 255 - (255 - channel) * TINT);
  return Math.min(contrast(colour, [255, 255, 255]), contrast(colour, tinted));
}

/** Contrast that text needs to be read by people who see less well. */
export const READABLE = 4.5;

function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
