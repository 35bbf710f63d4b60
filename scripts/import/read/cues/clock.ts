/** Times in transcripts, in milliseconds from the beginning. */

/**
 * Matches `1:02:03.5`, `02:03` or `02:03,500`. Hours are optional; with hours, Teams writes `0:0:3`. Groups: hours, minutes, seconds,
 * fraction.
 */
export const CLOCK = String.raw`(?:(\d{1,3}):(?=\d{1,2}:))?(\d{1,3}):(\d{2}|(?<=\d:\d{1,2}:)\d(?!\d))(?:[.,](\d{1,6}))?`;

const WHOLE = new RegExp(`^${CLOCK}$`);

/** Returns null when the text is not a time. */
export function readClock(text: string): number | null {
  const match = WHOLE.exec(text.trim());
  return match === null ? null : toMilliseconds(match.slice(1));
}

/** Converts the four groups of CLOCK. Returns null when minutes or seconds are out of range. */
export function toMilliseconds([hours, minutes, seconds, fraction]: (string | undefined)[]): number | null {
  const [h, m, s] = [hours, minutes, seconds].map((part) => Number(part ?? 0)) as [number, number, number];
  if (s > 59 || (hours !== undefined && m > 59)) return null;
  return ((h * 60 + m) * 60 + s) * 1000 + Math.round(Number(`0.${fraction ?? '0'}`) * 1000);
}

/** Converts seconds of a JSON file, which may have a fraction. Returns null for a value that is missing, not finite or negative. */
export function fromSeconds(seconds: number | null | undefined): number | null {
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : null;
}
