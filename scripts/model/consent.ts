/** The policy of what may be published: which content on which day, and who may be named where. Outputs, `check` and `status` ask it. */
import { type Attribution, type BrokenFile, byInterview, type Corpus, type Exchange, type Interview } from './corpus.ts';
import { strictest } from './front-matter.ts';
import { NameFinder } from './names/name-finder.ts';

/** Whether an exchange may be published on the given day (`YYYY-MM-DD`). */
export function isPublishable(exchange: Exchange, interview: Interview, today: string): boolean {
  return !exchange.draft && !isEmbargoed(interview, today);
}

/** Whether an interview is under embargo. The embargo lasts until the end of the day, month or year that its date names. */
export function isEmbargoed(interview: Pick<Interview, 'embargo'>, today: string): boolean {
  return interview.embargo !== null && today.slice(0, interview.embargo.length) <= interview.embargo;
}

/** Returns the strictest attribution that applies: of the exchange, its speaker or the interview. */
export function attributionOf(interview: Interview, exchange: Exchange | null, personId: string | null): Attribution {
  const person = interview.text[interview.lang]?.people.find(({ id }) => id === personId) ?? null;
  return strictest([interview.attribution, exchange?.attribution ?? null, person?.attribution ?? null]);
}

/** Whether nobody in the interview is withheld. Only then may its source be given, because it names everybody. */
export function isNamed(interview: Interview, exchange: Exchange | null): boolean {
  const people = interview.text[interview.lang]?.people ?? [];
  return strictest([attributionOf(interview, exchange, null), ...people.map(({ attribution }) => attribution)]) === 'named';
}

/** Returns the message and the hint for an output that contains a withheld name. */
export function refusalOf(name: string): [message: string, { hint: string }] {
  return [
    `it says "${name}", and somebody of that name must not be named`,
    {
      hint: 'look for it in the names of other people, of files and in the templates; what is an ordinary word too can stand in `ordinaryWords` of the person',
    },
  ];
}

/** The part of a corpus that the policy depends on. While content is still being checked, only the withheld people are known. */
type Known = Pick<Corpus, 'withheld'> & Partial<Pick<Corpus, 'interviews' | 'exchanges' | 'broken'>>;

/** The policy for a corpus. `sources` are the content files from which an output is made. */
export class Consent {
  readonly #known: Required<Known>;
  readonly #interviews: ReadonlyMap<string, Interview>;
  readonly #exchanges: ReadonlyMap<string, Exchange>;
  readonly #broken: ReadonlyMap<string | null, readonly BrokenFile[]>;
  /** By the people whom each finds. */
  readonly #finders = new Map<string, NameFinder>();

  constructor({ withheld, interviews = [], exchanges = [], broken = [] }: Known) {
    this.#known = { withheld, interviews, exchanges, broken };
    this.#interviews = new Map(interviews.map((interview) => [interview.id, interview]));
    this.#exchanges = new Map(exchanges.map((exchange) => [exchange.file, exchange]));
    this.#broken = byInterview(broken);
  }

  /** Returns the policy of a corpus, which is made once. */
  static of(corpus: Corpus): Consent {
    const consent = made.get(corpus) ?? new Consent(corpus);
    made.set(corpus, consent);
    return consent;
  }

  /**
   * Returns the sources that may not be published on the given day (`YYYY-MM-DD`), sorted: drafts, files under embargo, and files whose
   * permission cannot be read.
   */
  forbidden(sources: ReadonlySet<string>, today: string): string[] {
    return [...sources].filter((source) => this.#isForbidden(source, today)).sort();
  }

  /** Returns a finder of the names that an output must not contain. Null when there are none. */
  finderFor(sources: ReadonlySet<string>): NameFinder | null {
    if (this.#known.withheld.length === 0) return null;
    const interviews = new Set([...sources].map(interviewOf));
    const open = this.named(sources);
    // A person named openly in another interview of the same output is on its cover anyway.
    return this.#finder(({ interview, names }) => interviews.has(interview) && !names.some((name) => open.has(name)));
  }

  /** Returns a finder of everybody who is withheld in these interviews, or in any. Null when there is nobody. */
  finderIn(interviews: ReadonlySet<string> | null): NameFinder | null {
    return this.#finder(({ interview }) => interviews === null || interviews.has(interview));
  }

  /** Returns the names, in all languages, of everybody whom an output may name. */
  named(sources: ReadonlySet<string>): ReadonlySet<string> {
    const withheld = new Set(this.#known.withheld.map(({ interview, person }) => `${interview}/${person}`));
    const interviews = new Set([...sources].map(interviewOf));
    const people = this.#known.interviews
      .filter(({ id }) => interviews.has(id))
      .flatMap(({ id, text }) =>
        Object.values(text).flatMap((each) => each.people.filter((person) => !withheld.has(`${id}/${person.id}`))),
      );
    return new Set(people.map(({ name }) => name));
  }

  /**
   * Whether an existing output may name a person who is withheld today. `names` tells whether it may contain a name. When null this is
   * unknown, and every withheld person of its interviews counts.
   */
  mayReveal(sources: ReadonlySet<string>, names: ((name: string) => boolean) | null): boolean {
    if (names === null) return this.finderFor(sources) !== null;
    const open = this.named(sources);
    // The id of an interview may have changed since.
    return this.#known.withheld.some((person) => person.names.some(names) && !person.names.some((name) => open.has(name)));
  }

  #finder(isMeant: (person: Corpus['withheld'][number]) => boolean): NameFinder | null {
    const people = this.#known.withheld.filter(isMeant);
    if (people.length === 0) return null;
    const key = JSON.stringify(people);
    const finder = this.#finders.get(key) ?? new NameFinder(people);
    this.#finders.set(key, finder);
    return finder;
  }

  #isForbidden(source: string, today: string): boolean {
    const base = source.replace(/\.[a-z]{2,3}\.md$/, '.md');
    const id = interviewOf(source);
    const interview = this.#interviews.get(id);
    if (interview !== undefined && isEmbargoed(interview, today)) return true;
    const exchange = this.#exchanges.get(base);
    if (exchange !== undefined && interview !== undefined && !isPublishable(exchange, interview, today)) return true;
    return (this.#broken.get(id) ?? []).some((each) => forbids(each, source, base, today));
  }
}

const made = new WeakMap<Corpus, Consent>();

function forbids({ kind, file, lang, permission }: BrokenFile, source: string, base: string, today: string): boolean {
  const { draft, embargo, attribution } = permission;
  // A permission in a translation concerns only that language.
  const concerns = lang === null || source.endsWith(`.${lang}.md`);
  const isClosed = attribution === 'unreadable' || embargo === 'unreadable' || isEmbargoed({ embargo }, today);
  if (concerns && isClosed) return true;
  return kind === 'exchange' && draft !== false && (file === source || file === base);
}

function interviewOf(source: string): string {
  return source.split('/')[1] ?? '';
}
