/** What axe finds on the shown slides. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-chromium';

type Axe = typeof import('axe-core');

/** Breaches of WCAG 2.2, levels A and AA, that are serious or worse; in the dark only what the dark changes. */
export async function findBarriers(page: Page, look: 'light' | 'dark', slides = '.print-slide-container'): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in globalThis))) {
    // Not as an element of the page: its policy lets no script in.
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  }
  const results: AxeResults = await page.evaluate(
    async ({ dark, slides }) => {
      document.documentElement.classList.toggle('dark', dark);
      const rules = dark ? ['color-contrast', 'link-in-text-block'] : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      // Each slide is a page of its own: a hundred below each other only exist for printing.
      return (globalThis as unknown as { axe: Axe }).axe.run(slides, { runOnly: rules, resultTypes: ['violations'] });
    },
    { dark: look === 'dark', slides },
  );
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${look} ${id}: ${html.slice(0, 160)} ${failureSummary}`));
}
