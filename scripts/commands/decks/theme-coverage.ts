/** Counts how many exchanges of each section every theme shows, and finds those that none shows. */
import { isPublishable } from '../../model/consent.ts';
import { pickText } from '../../model/text/text.ts';
import { selectExchanges } from '../../plan/select.ts';
import type { Workspace } from '../workspace.ts';

export interface Coverage {
  themes: { id: string; title: string }[];
  sections: { interview: string; id: string; title: string; exchanges: number; byTheme: number[] }[];
  /** Content files of exchanges that no theme uses. */
  unused: string[];
}

export function coverageOf({ corpus, languages }: Workspace, today: string): Coverage {
  const lang = languages[0] ?? corpus.baseLanguage;
  const selections = corpus.themes.map((theme) => new Set(selectExchanges(corpus, theme, today).map(({ exchange }) => exchange)));
  const sections = corpus.interviews.flatMap((interview) => {
    const titles = pickText(interview.text, lang, interview.lang).value.sections;
    return [...titles, { id: '', title: '(no section)' }].map(({ id, title }) => {
      const inside = corpus.exchanges.filter((exchange) => exchange.interview === interview.id && (exchange.section ?? '') === id);
      return {
        interview: interview.id,
        id,
        title,
        exchanges: inside.length,
        byTheme: selections.map((selection) => inside.filter((exchange) => selection.has(exchange)).length),
      };
    });
  });
  const interviews = new Map(corpus.interviews.map((interview) => [interview.id, interview]));
  const unused = corpus.exchanges.filter((exchange) => {
    const interview = interviews.get(exchange.interview);
    return interview !== undefined && isPublishable(exchange, interview, today) && !selections.some((selection) => selection.has(exchange));
  });
  return {
    themes: corpus.themes.map((theme) => ({ id: theme.id, title: pickText(theme.text, lang, corpus.baseLanguage).value.title })),
    sections: sections.filter(({ exchanges }) => exchanges > 0),
    unused: unused.map(({ file }) => file),
  };
}

/** Returns the lines of a table for people. */
export function coverageTable({ themes, sections }: Coverage): string[] {
  const rows = [
    ['exchanges by section', 'all', ...themes.map(({ title }) => title)],
    ...sections.map(({ title, exchanges, byTheme }) => [
      title,
      String(exchanges),
      ...byTheme.map((count) => (count === 0 ? '-' : String(count))),
    ]),
  ];
  const total = (pick: (section: Coverage['sections'][number]) => number) =>
    String(sections.reduce((sum, section) => sum + pick(section), 0));
  rows.push(['all', total(({ exchanges }) => exchanges), ...themes.map((_, index) => total(({ byTheme }) => byTheme[index] ?? 0))]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => columns(row[column] ?? '')))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell + ' '.repeat((widths[0] ?? 0) - columns(cell)) : ' '.repeat((widths[column] ?? 0) - columns(cell)) + cell,
      )
      .join('  '),
  );
}

/** Returns the columns that a text takes in a terminal. Ideographs take two. */
function columns(text: string): number {
  return [...text].reduce((sum, c) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(c) ? 2 : 1), 0);
}
