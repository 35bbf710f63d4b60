/**
 * Whether compiled slides do nothing but show themselves. False for slides with code of their own (a script, a component, an expression in their text): what
 * that does to the page must not reach the next deck. Judges what Slidev and Vue have written: apart from texts, only what they write for words and marks may
 * be in it.
 */
export function isPlain(code: string): boolean {
  const bare = code.replace(TEXTS_AND_COMMENTS, (text) => (text.startsWith('/') ? '' : '""'));
  if (bare.includes('`')) return false;
  return [...bare.matchAll(NAMES)].every(([, dot, name = '', colon]) => {
    // Namesakes of several slides are told apart by numbers.
    const known = name.replace(/\$\d+$/, '');
    if (dot === '.') return MEMBERS.has(known);
    return colon === ':' || WORDS.has(known) || GIVEN.test(known);
  });
}

const TEXTS_AND_COMMENTS = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
/** With what stands before and behind: a member, the name of a property. A spread has points too. */
const NAMES = /((?<!\.)\.(?!\.))?([A-Za-z_$][\w$]*)(?:\s*(:))?/g;

const MEMBERS = new Set(['setup', 'defineProperty', '_frontmatterToProps', '$frontmatter']);

/** Slides, their exports, pictures, parts that never change. */
const GIVEN = /^(?:_sfc_main|_sfc_render|\w+_default|s[0-9a-f]{20}|_hoisted_\d+)$/;

const WORDS = new Set(
  [
    'import export from as default var const function return new null true false get Object',
    'setup _ctx _cache __props __expose __returned__ $setup $props $data $options _export_sfc slotProps',
    'InjectedLayout useSlideContext _useSlideContext frontmatterToProps _frontmatterToProps',
    '$slidev $nav $clicksContext $clicks $page $renderContext $frontmatter',
    'openBlock createBlock createElementBlock createElementVNode createTextVNode createStaticVNode createCommentVNode Fragment',
    'normalizeProps guardReactiveProps unref withCtx withDirectives resolveDirective _directive_click',
  ].flatMap((line) => line.split(' ')),
);
