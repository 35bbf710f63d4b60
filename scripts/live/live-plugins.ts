/** What a live page needs besides Slidev's own plugins. */
import type { Server } from 'node:http';
import type { Plugin } from 'vite';
import type { SlidevOptions } from '../export/slidev/slidev-deck.ts';
import { patch } from '../export/slidev/slidev-plugins.ts';
import { sharedState } from './shared-state-plugin.ts';

/** All of them, one set for each deck. Web sockets are opened by upgrade events of `sockets`. */
export function livePlugins(options: SlidevOptions, sockets: Server): Plugin[] {
  return [sharedState(), notesBelowBase(), slidesThatAreGone(options), withoutEditing(), socketsOf(sockets)];
}

/** Slidev asks for the notes at the root of the server, also where the deck has a base. */
function notesBelowBase(): Plugin {
  const root = '`/__slidev/slides/';
  return {
    name: 'briefdeck:notes-below-base',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/client/composables/useSlideInfo.ts')) return null;
      return { code: patch(code, root, 'import.meta.env.BASE_URL + `__slidev/slides/'), map: null };
    },
  };
}

/** A page may ask for the last slides of a deck that has just become shorter: they are empty until it knows. */
function slidesThatAreGone({ data }: SlidevOptions): Plugin {
  return {
    name: 'briefdeck:slides-that-are-gone',
    enforce: 'pre',
    load(id) {
      const [, number] = /^\/@slidev\/slides\/(\d+)\/md(?:$|\?)/.exec(id) ?? [];
      return Number(number) > data.slides.length ? 'export default { render: () => null };' : null;
    },
  };
}

/** Decks are generated: what would change their files, or open them in an editor, is not offered. */
function withoutEditing(): Plugin {
  return {
    name: 'briefdeck:without-editing',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/client\/(?:pages|internals)\/[\w-]+\.vue$/.test(id)) return null;
      const shown = code.replaceAll('__DEV__', 'false');
      return { code: id.endsWith('/pages/overview.vue') ? patch(shown, 'edittingNote = route.no', 'null') : shown, map: null };
    },
  };
}

/** After all other plugins: Vite warns of a deprecated option when one of them merges a configuration that has this already. */
function socketsOf(sockets: Server): Plugin {
  return {
    name: 'briefdeck:sockets',
    enforce: 'post',
    config(config) {
      config.server = { ...config.server, ws: { server: sockets } };
    },
  };
}
