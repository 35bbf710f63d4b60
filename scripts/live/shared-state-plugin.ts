/**
 * Shares slide, timer and drawings between all windows of a deck. Slidev posts them to the root of the server. Here they use the page's web
 * socket instead, so that the server answers only GET and HEAD and every deck has its own state.
 */
import type { Plugin } from 'vite';
import { SharedState } from './shared-state.ts';

export function sharedState(): Plugin {
  const shared = new SharedState();
  return {
    name: 'briefdeck:shared-state',
    enforce: 'pre',
    configureServer({ ws, environments }) {
      ws.on(EVENT, (message: unknown) => {
        const change = shared.accept(message);
        if (change === null) return;
        const { moduleGraph } = environments.client;
        const module = moduleGraph.getModuleById(`${PREFIX}${change.key}`);
        // Windows that open from now on start with the new value.
        if (module !== undefined) moduleGraph.invalidateModule(module);
        ws.send(EVENT, change);
      });
    },
    resolveId(id) {
      const key = /^server-reactive:(\w+)/.exec(id)?.[1];
      return key === undefined ? null : `${PREFIX}${key}`;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const key = id.slice(PREFIX.length);
      return stateCode(key, shared.read(key));
    },
  };
}

const EVENT = 'briefdeck:shared-state';
const PREFIX = '/@briefdeck/shared-state/';

/** Slides are identified by id: windows learn of an edit one after the other, and slide numbers differ until then. */
const stateCode = (key: string, value: object) => `import { reactive, watch } from 'vue';
import { slides } from '/@slidev/slides';
const key = ${JSON.stringify(key)};
const source = Math.random().toString(36).slice(2);
const state = reactive(${JSON.stringify(value)});
const aliasOf = (no) => slides.value[no - 1]?.meta.slide.frontmatter.routeAlias;
const numberOf = (alias) => slides.value.find((slide) => slide.meta.slide.frontmatter.routeAlias === alias)?.no;
let receiving = false;
let connected = true;
let timer;
const digest = () => JSON.stringify({ ...state, lastUpdate: undefined });
let known = digest();
const send = () => {
  // A window that follows another one has nothing to tell: its echo would undo what the other one did meanwhile.
  if (!connected || digest() === known) return;
  known = digest();
  import.meta.hot.send('${EVENT}', { key, source, alias: aliasOf(state.page), value: state });
};
watch(state, () => {
  if (receiving) return;
  clearTimeout(timer);
  timer = setTimeout(send, 10);
}, { deep: true, flush: 'sync' });
import.meta.hot.on('${EVENT}', (change) => {
  if (change.key !== key || change.source === source) return;
  const page = change.alias === undefined ? change.value.page : numberOf(change.alias);
  if (key === 'nav' && page === undefined) return;
  receiving = true;
  for (const name of Object.keys(state)) if (!(name in change.value)) delete state[name];
  Object.assign(state, change.value, key === 'nav' ? { page } : {});
  receiving = false;
  known = digest();
});
// Vite loads the page anew as soon as there is a server again.
import.meta.hot.on('vite:ws:disconnect', () => { connected = false; });
export default state;
`;
