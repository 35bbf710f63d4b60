/** Drawn figures in presentations: shapes and texts that PowerPoint can edit; with the real browser. */
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../../scripts/shared/cache/hashes.ts';
import { type PptxSlide, readPptx } from '../export/read-pptx.ts';
import { edit, type Project, projectFrom, run, temporaryFolder } from '../run.ts';
import { exchange, riverProject } from './river.ts';

const small = path.join(import.meta.dirname, 'input/small');
const shipped = path.resolve(import.meta.dirname, '../../templates');

const FIGURES = {
  bars: 'unit: km, items: [{ label: Spring, value: 100 }, { label: Sea, value: 400 }]',
  timeline: 'items: [{ when: "1990", label: First dam }, { when: "2010", label: Second dam }]',
  diagram:
    'direction: right, nodes: [{ id: a, label: Rain }, { id: b, label: All the rivers of the whole valley }], edges: [{ from: a, to: b, label: fills }]',
  comparison: 'columns: [{ label: Upstream, items: [Clear] }, { label: Downstream, items: [Murky], mark: true }]',
  horizon: 'unit: years, start: "2023", length: 30, spans: [{ label: Soon, to: 10 }, { label: By then, from: 20, mark: true }]',
  opposites: 'sides: { less: Less, more: More }, items: [{ label: Fish, side: less, value: 3 }, { label: Boats, side: more, value: 9 }]',
  ladder: 'limit: Flood mark, steps: [Low, High], margin: A wide margin',
  quadrants:
    'x: { label: Depth, low: shallow, high: deep }, y: { label: Speed, low: slow, high: fast }, cells: [{ x: low, y: high, label: Rapids, mark: true }]',
};
type Kind = keyof typeof FIGURES;

/** A project whose theme `water` has an evidence slide for each of these figures, with the kind as its title. */
async function projectWith(kinds: readonly Kind[]): Promise<Project> {
  const project = await projectFrom(small);
  for (const [index, kind] of kinds.entries()) {
    const matter = `question: What of ${kind}?\ntags: [water, rivers]\nspeaker: ana\ntakeaway: Of ${kind}`;
    const figure = `figures: [{ kind: ${kind}, alt: What ${kind} show, ${FIGURES[kind]} }]`;
    await writeFile(
      path.join(project.content, `interviews/ana-2024/1${index}0-${kind}.md`),
      `---\n${matter}\n${figure}\n---\n\n- A point.\n`,
    );
  }
  return project;
}

async function make(project: Project, ...more: string[]) {
  const { exitCode, stderr } = await run(['brief', 'water', '--lang', 'en', '--format', 'pptx', ...more, ...project.options]);
  const file = await readFile(path.join(project.out, 'water.pptx'));
  return { exitCode, stderr, hash: sha256(file), slides: readPptx(file).slides };
}

const groupOn = (slides: readonly PptxSlide[], kind: Kind): string => {
  const slide = slides.findLast(({ title }) => title === `Of ${kind}`);
  return /<p:grpSp>.*<\/p:grpSp>/s.exec(slide?.xml ?? '')?.[0] ?? '';
};

/** The members of a group, in order. */
const membersOf = (group: string) => group.match(/<p:(sp|cxnSp)>.*?<\/p:\1>/gs) ?? [];
const textOf = (member: string) => [...member.matchAll(/<a:br>|<a:t>([^<]*)/g)].map(([, text = '\n']) => text).join('');
const isText = (member: string) => member.includes('txBox="1"');

function drawn(group: string): { texts: string[]; shapes: string } {
  const shapes = membersOf(group).filter((member) => !isText(member));
  const geometry = (shape: string) => /prst="(\w+)"><|(custGeom)/.exec(shape)?.slice(1).find(Boolean) ?? '';
  return { texts: membersOf(group).filter(isText).map(textOf), shapes: shapes.map(geometry).join(' ') };
}

function boundsOf(member: string): { x: number; y: number; width: number; height: number } {
  const [, x, y, width, height] = /<a:off x="(\d+)" y="(\d+)"\/><a:ext cx="(\d+)" cy="(\d+)"\/>/.exec(member) ?? [];
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

const memberWith = (group: string, part: string) => membersOf(group).find((member) => member.includes(part)) ?? '';

it('every kind is a group with a description, whose shapes and texts can be edited', async () => {
  const kinds = Object.keys(FIGURES) as Kind[];
  const project = await projectWith(kinds);
  const { exitCode, slides, hash } = await make(project);
  expect(exitCode).toBe(0);
  for (const { xml } of slides) {
    expect(xml).not.toContain('<p:pic>');
    const ids = [...xml.matchAll(/<p:cNvPr id="(\d+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
  for (const kind of kinds) {
    expect(groupOn(slides, kind)).toMatch(
      new RegExp(`^<p:grpSp><p:nvGrpSpPr><p:cNvPr id="\\d+" name="Figure \\d+" descr="What ${kind} show"/>`),
    );
  }
  const shown = Object.fromEntries(kinds.map((kind) => [kind, drawn(groupOn(slides, kind))]));
  const ticks = ['2023', '+5', '+10', '+15', '+20', '+25', '+30 years'];
  expect(shown).toEqual({
    bars: { texts: ['Spring', '100 km', 'Sea', '400 km'], shapes: 'rect rect' },
    timeline: { texts: ['1990', 'First dam', '2010', 'Second dam'], shapes: 'line custGeom ellipse ellipse' },
    diagram: { texts: ['fills', 'Rain', 'All the rivers of the\nwhole valley'], shapes: 'custGeom custGeom rect roundRect roundRect' },
    comparison: { texts: ['Upstream', 'Clear', 'Downstream', 'Murky'], shapes: 'rect rect' },
    horizon: { texts: ['Soon', 'By then', ...ticks], shapes: `rect ellipse${' line'.repeat(8)}` },
    opposites: { texts: ['Less', 'More', 'Fish', '3', 'Boats', '9'], shapes: 'rect rect line' },
    ladder: { texts: ['Flood mark', 'A wide margin', 'Low', 'High'], shapes: 'rect rect line custGeom line' },
    quadrants: { texts: ['Speed', 'fast', 'slow', 'Depth', 'deep', 'shallow', 'Rapids'], shapes: 'rect rect rect rect' },
  });
  expect((await make(project, '--force')).hash).toBe(hash);

  const dark = (await make(project, '--dark')).slides;
  expect(Object.fromEntries(kinds.map((kind) => [kind, drawn(groupOn(dark, kind))]))).toEqual(shown);
  const [light, black] = [slides, dark].map((each) => /srgbClr val="(\w+)"/.exec(groupOn(each, 'comparison'))?.[1]);
  expect(Number.parseInt(light ?? '', 16)).toBeGreaterThan(Number.parseInt(black ?? '', 16));
});

it('shapes and texts stand where the slide has them, in its colours', async () => {
  const { slides } = await make(await projectWith(['bars', 'diagram', 'comparison', 'timeline', 'opposites', 'ladder']));
  const group = (kind: Kind) => groupOn(slides, kind);

  const [spring, sea] = membersOf(group('bars'))
    .filter((member) => !isText(member))
    .map(boundsOf);
  expect((sea?.width ?? 0) / (spring?.width ?? 1)).toBeCloseTo(4, 2);
  expect(sea?.x).toBe(spring?.x);
  // The value stands beside its bar, on the same level.
  const value = boundsOf(memberWith(group('bars'), '>400 km<'));
  expect(value.x).toBeGreaterThan((sea?.x ?? 0) + (sea?.width ?? 0));
  expect(Math.abs(value.y + value.height / 2 - (sea?.y ?? 0) - (sea?.height ?? 0) / 2)).toBeLessThan(20_000);

  const label = memberWith(group('diagram'), 'whole valley');
  const node = boundsOf(membersOf(group('diagram')).filter((member) => member.includes('roundRect'))[1] ?? '');
  expect(label).toContain('algn="ctr"');
  expect(Math.abs(boundsOf(label).x + boundsOf(label).width / 2 - node.x - node.width / 2)).toBeLessThan(20_000);
  expect(Math.abs(boundsOf(label).y + boundsOf(label).height / 2 - node.y - node.height / 2)).toBeLessThan(20_000);
  // The head of the arrow ends at the node.
  const head = boundsOf(memberWith(group('diagram'), '<a:close>'));
  expect(Math.abs(head.x + head.width - node.x)).toBeLessThan(20_000);

  const [plain = '', marked = ''] = membersOf(group('comparison')).filter((member) => !isText(member));
  expect(plain).toMatch(/<a:solidFill><a:srgbClr val="[\dA-F]{6}"\/><\/a:solidFill><a:ln><a:noFill\/>/);
  expect(marked).toMatch(/<a:solidFill><a:schemeClr val="accent1"\/>/);
  expect(memberWith(group('comparison'), '>Downstream<')).toMatch(/ b="1"[^>]*><a:solidFill><a:schemeClr val="accent1"\/>/);

  expect(memberWith(group('timeline'), '>1990<')).toMatch(/ b="1"/);
  expect(memberWith(group('timeline'), '>First dam<')).toMatch(/ b="0"/);
  expect(memberWith(group('opposites'), '>Less<')).toContain('algn="r"');
  expect(
    membersOf(group('ladder')).filter((member) => member.includes('<a:custDash><a:ds d="360000" sp="240000"/></a:custDash>')),
  ).toHaveLength(1);
});

it('what shows through stays so, and a drawing with something that no shape has is a picture', async () => {
  const project = await projectWith(['bars', 'timeline']);
  const templates = path.join(await temporaryFolder(), 'templates');
  await cp(shipped, templates, { recursive: true });
  const css = 'figure.drawn .shape { opacity: 0.5; }\nfigure.drawn .dot { filter: blur(2px); }\n';
  await appendFile(path.join(templates, 'theme/styles/figures.css'), css);
  const { slides } = await make(project, '--templates', templates);
  expect(memberWith(groupOn(slides, 'bars'), 'prst="rect"')).toMatch(/<a:srgbClr val="[\dA-F]{6}"><a:alpha val="50\d{3}"\/><\/a:srgbClr>/);
  const timeline = slides.findLast(({ title }) => title === 'Of timeline');
  expect(timeline?.xml).toContain('<p:pic>');
  expect(timeline?.xml).not.toContain('<p:grpSp>');
  expect(timeline?.alts).toEqual(['What timeline show\n1990\nFirst dam\n2010\nSecond dam']);
});

it.each([
  'figure.drawn { background: #eee; }',
  'figure.drawn svg { border: 1px solid red; }',
  'figure.drawn text { text-transform: uppercase; }',
])('is a picture with styles that a group has not: %s', async (css) => {
  const project = await projectWith(['bars']);
  const templates = path.join(await temporaryFolder(), 'templates');
  await cp(shipped, templates, { recursive: true });
  await appendFile(path.join(templates, 'theme/styles/figures.css'), `${css}\n`);
  const { slides } = await make(project, '--templates', templates);
  const bars = slides.findLast(({ title }) => title === 'Of bars');
  expect(bars?.xml).toContain('<p:pic>');
  expect(bars?.xml).not.toContain('<p:grpSp>');
});

it('names nobody who is withheld in a drawing', async () => {
  const project = await riverProject();
  await edit(project, 'interviews/river/index.md', 'affiliation: River Office', 'affiliation: River Office, attribution: role');
  const nodes = '{ id: a, label: Rain }, { id: b, label: Reservoir }';
  const figure = `figures: [{ kind: diagram, alt: What flows, nodes: [${nodes}], edges: [{ from: a, to: b }] }]`;
  await edit(project, exchange, 'key: true', `key: true\n${figure}`);
  await run(['generate', 'water', '--lang', 'en', ...project.options]);
  const deck = path.join(project.slides, 'water.md');
  const written = await readFile(deck, 'utf8');
  expect(written).toContain('>Reservoir</text>');
  await writeFile(deck, written.replaceAll('Reservoir', 'Ana'));
  const refused = await run(['export', 'water', '--format', 'pptx', '--lang', 'en', ...project.options]);
  expect(refused.stderr).toMatch(/✗ water\.pptx not made: it says "Ana", and somebody of that name must not be named/);
});
