/** Plugins of a live page besides Slidev's own. */
import type { Server } from 'node:http';
import type { Plugin } from 'vite';
import type { SlidevOptions } from '../export/slidev/slidev-deck.ts';
import { patch } from '../export/slidev/slidev-plugins.ts';
import { sharedState } from './shared-state-plugin.ts';

/** Returns all plugins, one set per deck. Emit `upgrade` on `sockets` to open a web socket. */
export function livePlugins(options: SlidevOptions, sockets: Server): Plugin[] {
  return [sharedState(), notesBelowBase(), slidesThatAreGone(options), withoutEditing(), socketsOf(sockets)];
}

/** Slidev requests the notes at the root of the server even when the deck has a base. */
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

/** A page may request the last slides of a deck that has just become shorter. They are empty until the page knows. */
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

/** Removes the features that would change files or open them in an editor, because decks are generated. */
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

/** Runs after all other plugins: Vite warns of a deprecated option when a plugin merges a configuration that already has this. */
function socketsOf(sockets: Server): Plugin {
  return {
    name: 'briefdeck:sockets',
    enforce: 'post',
    config(config) {
      config.server = { ...config.server, ws: { server: sockets } };
    },
  };
}
