/** Runs in the page: every slide has an address with its id, so that an edit before it moves nobody to another slide. */
import type { AppContext } from '@slidev/types';
import { slides } from '#slidev/slides';

interface Slide {
  no: number;
  meta: { slide: { frontmatter: { routeAlias?: string } } };
}

export default function setUp({ router }: AppContext): void {
  router.beforeEach((to) => {
    const alias = /^\d+$/.test(String(to.params.no)) ? aliasOf(Number(to.params.no)) : undefined;
    return alias === undefined ? true : { ...to, params: { ...to.params, no: alias }, replace: true };
  });
}

function aliasOf(no: number): string | undefined {
  return (slides as { value: Slide[] }).value.find((slide) => slide.no === no)?.meta.slide.frontmatter.routeAlias;
}
