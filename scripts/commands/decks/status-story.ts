import { pickText } from '../../model/text/text.ts';
import type { PlannedStep, PlannedStory } from '../../plan/plan-story.ts';
import { kindOfExhibit, planStory } from '../../plan/plan-story.ts';
import { EXIT, type ExitCode, ExpectedError, knownNames } from '../../shared/errors.ts';
import type { Settings } from '../settings.ts';
import { loadWorkspace } from '../workspace.ts';

/** Prints the headlines of a theme's short deck in order, so that its argument can be read alone. Throws ExpectedError for an unknown theme. */
export async function statusStory(id: string, settings: Settings): Promise<ExitCode> {
  const { report } = settings;
  const { corpus, languages } = await loadWorkspace(settings);
  const theme = corpus.themes.find((each) => each.id === id);
  if (theme === undefined) {
    const ids = corpus.themes.map((each) => each.id);
    throw new ExpectedError(`there is no theme "${id}"`, { exitCode: EXIT.usage, hint: knownNames(id, ids) });
  }
  const today = settings.now.toISOString().slice(0, 10);
  const stories = languages.map((lang) => ({ lang, ...planStory(theme, { corpus, lang, today }) }));
  for (const { lang, ...story } of stories) {
    const { title } = pickText(theme.text, lang, corpus.baseLanguage).value;
    for (const line of linesOf(title, story)) report.say(line);
    report.say('');
  }
  report.summary({ command: 'status', exitCode: EXIT.done, theme: id, stories: stories.map(storyAsJson) });
  return EXIT.done;
}

function linesOf(title: string, { answer, open, steps, origin }: PlannedStory): string[] {
  return [
    `${title}: ${answer ?? 'no answer yet (add `answer:` to the theme)'}`,
    ...(origin === 'found' ? ['no story yet (add `story:` to the theme); the short deck would show'] : []),
    ...steps.map(
      (step, index) =>
        `${String(index + 1).padStart(3)}  ${step.role === null ? '' : step.role.padEnd(ROLE)}${step.headline}  (${proofOf(step)})`,
    ),
    ...(open === null ? [] : [`left open: ${open}`]),
  ];
}

/** The width of the column of roles: the longest one and a gap. */
const ROLE = 'situation'.length + 2;

function proofOf({ exhibit, shown }: PlannedStep): string {
  return `${shown.map(({ exchange }) => exchange.id).join(', ')}: ${kindOfExhibit(exhibit) ?? 'no exhibit'}`;
}

function storyAsJson({ lang, answer, open, steps, origin }: PlannedStory & { lang: string }) {
  return {
    lang,
    answer,
    open,
    origin,
    steps: steps.map(({ role, headline, shown, exhibit }) => ({
      role,
      headline,
      exchanges: shown.map(({ exchange }) => `${exchange.interview}/${exchange.id}`),
      exhibit: kindOfExhibit(exhibit),
    })),
  };
}
