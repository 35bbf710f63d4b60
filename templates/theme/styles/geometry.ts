/** The sizes of geometry.json, which the planner reads too, as custom properties: `headline.large.size` is `--headline-large-size`. */
import geometry from '../geometry.json';

/** Numbers that are no pixels. */
const COUNTS = new Set(['columns', 'lines', 'shrink', 'words']);

function publish(sizes: object, prefix: string): void {
  for (const [name, value] of Object.entries(sizes)) {
    const property = `${prefix}-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (COUNTS.has(name)) continue;
    if (typeof value === 'number') document.documentElement.style.setProperty(property, `${value}px`);
    else if (!Array.isArray(value)) publish(value, property);
  }
}

publish(geometry, '-');
