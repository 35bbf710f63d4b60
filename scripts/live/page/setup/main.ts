/**
 * Runs in the page: gives every slide an address with its id, so that an edit to an earlier slide does not move the audience to another
 * slide.
 */
import type { AppContext } from '@slidev/types';
import { type Ref, watch } from 'vue';
import { slides as allSlides } from '#slidev/slides';

interface Slide {
  no: number;
  meta: { slide: { frontmatter: { routeAlias?: string } } };
}

const slides = allSlides as Ref<Slide[]>;

export default function setUp({ router }: AppContext): void {
  router.beforeEach((to, from) => {
    // Slidev goes to the last slide when a slide is gone. The audience was at its exchange, so go there.
    const lost = isNumber(from.params.no) ? null : betterAddress(from.params.no);
    const better = lost ?? betterAddress(to.params.no);
    return better === null || better === to.params.no ? true : { ...to, params: { ...to.params, no: better }, replace: true };
  });
  // An edit may remove the slide that the page shows.
  watch(
    () => betterAddress(router.currentRoute.value.params.no),
    (no) => {
      if (no !== null) void router.replace({ params: { ...router.currentRoute.value.params, no } });
    },
  );
}

function isNumber(no: unknown): boolean {
  return typeof no === 'string' && /^\d+$/.test(no);
}

/** Returns the address to use instead of a number or of a missing slide. Null when the address is good. */
function betterAddress(no: unknown): string | null {
  if (typeof no !== 'string' || no === '') return null;
  const aliases = slides.value.map((slide) => slide.meta.slide.frontmatter.routeAlias);
  if (isNumber(no)) return slides.value.find((slide) => slide.no === Number(no))?.meta.slide.frontmatter.routeAlias ?? aliases[0] ?? null;
  if (aliases.includes(no)) return null;
  // An exchange that now needs fewer slides: its first slide. An unknown address: the first slide of the deck.
  const first = no.replace(/\.\d+$/, '');
  return aliases.includes(first) ? first : (aliases[0] ?? null);
}
