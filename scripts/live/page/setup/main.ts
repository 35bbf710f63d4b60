/** Runs in the page: every slide has an address with its id, so that an edit before it moves nobody to another slide. */
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
    // For a slide that is gone Slidev goes to the last one; its exchange is where people were.
    const lost = isNumber(from.params.no) ? null : betterAddress(from.params.no);
    const better = lost ?? betterAddress(to.params.no);
    return better === null || better === to.params.no ? true : { ...to, params: { ...to.params, no: better }, replace: true };
  });
  // An edit may take the slide away from under the page.
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

/** The address to go to in place of a number, or of a slide that is not there; null when the address is good. */
function betterAddress(no: unknown): string | null {
  if (typeof no !== 'string' || no === '') return null;
  const aliases = slides.value.map((slide) => slide.meta.slide.frontmatter.routeAlias);
  if (isNumber(no)) return slides.value.find((slide) => slide.no === Number(no))?.meta.slide.frontmatter.routeAlias ?? aliases[0] ?? null;
  if (aliases.includes(no)) return null;
  // An exchange that needs fewer slides now: its first one; what never was there: the deck's first slide.
  const first = no.replace(/\.\d+$/, '');
  return aliases.includes(first) ? first : (aliases[0] ?? null);
}
