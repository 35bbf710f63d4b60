import { expect, it } from 'vitest';
import { isPlain } from '../../../scripts/export/shell/plain-code.ts';

/** As Vue compiles a slide of words. */
const slide = (inside: string, setup = '') => `import InjectedLayout$1 from "/shell/layouts/plain.js";
// ../slides/a.md__slidev_1.md
var _sfc_main$1 = {
	__name: "a.md__slidev_1",
	setup(__props) {
		const { $slidev, $nav, $clicksContext, $clicks, $page, $renderContext, $frontmatter } = useSlideContext();
		$clicksContext.setup();${setup}
		return (_ctx, _cache) => {
			return openBlock(), createBlock(InjectedLayout$1, normalizeProps(guardReactiveProps(unref(frontmatterToProps)(unref($frontmatter), 0))), {
				default: withCtx(() => [..._cache[0] || (_cache[0] = [${inside}])]),
				_: 1
			}, 16);
		};
	}
};
export { _sfc_main$1 as s19128ef0a799324e39bb };`;

it.each([
  [
    'words and marks',
    'createElementVNode("p", { class: "a" }, [createTextVNode("fetch(\\"x\\") // no `code`"), createElementVNode("b", null, "b")])',
  ],
  ['a picture', 'createElementVNode("img", { src: dot_default, alt: "" })'],
  ['much that never changes', 'createStaticVNode("<p>document.title = 1</p>", 2)'],
])('%s are plain', (_, inside) => {
  expect(isPlain(slide(inside))).toBe(true);
});

it.each([
  ['an expression', 'createTextVNode(toDisplayString(_ctx.name), 1)', ''],
  ['a component', 'createVNode(_component_Counter)', ''],
  ['a handler', 'createElementVNode("p", { onClick: ($event) => $setup.go() })', ''],
  ['a script', 'createTextVNode("")', '\n\t\tdocument.title = "mine";'],
  ['a script with names that are known', 'createTextVNode("")', '\n\t\t$slidev.configs = null;'],
  ['a text that can have code in it', 'createTextVNode(`fetch`)', ''],
  ['a text that seems to be a comment', 'createTextVNode("/*"), fetch("x"), createTextVNode("*/")', ''],
])('%s is not', (_, inside, setup) => {
  expect(isPlain(slide(inside, setup))).toBe(false);
});
