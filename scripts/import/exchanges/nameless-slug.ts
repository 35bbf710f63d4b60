/** Slugs without names of people. Ids become file names, anchors in PDFs and addresses, and a person may be withheld later. */
import { ADDRESSES } from '../../model/names/chinese-names.ts';
import { NameFinder } from '../../model/names/name-finder.ts';
import { asciiSlug } from './ascii-slug.ts';

/** Makes slugs as `asciiSlug` does. Returns `otherwise` when only names remain. */
export type Slugging = (text: string, otherwise: string, most?: number) => string;

/**
 * Returns a function that makes slugs without the given names, in any script. Role names and machine-made labels are not treated as
 * names.
 */
export function namelessSlugs(names: readonly string[]): Slugging {
  const people = names.filter((name) => !LABEL.test(name.trim()));
  const finder = new NameFinder([{ names: people, aliases: [], ordinaryWords: [] }]);
  return (text, otherwise, most) => {
    const slug = asciiSlug(withoutNames(text, finder), otherwise, most);
    // Without capitals and accents, other words may match a name too.
    return withoutWords(slug, finder) || otherwise;
  };
}

function withoutNames(text: string, finder: NameFinder): string {
  let [rest, from] = ['', 0];
  for (const { index, text: name } of finder.all(text)) {
    rest += `${text.slice(from, index)} `;
    const end = index + name.length;
    from = end + (ADDRESS.exec(text.slice(end))?.[0].length ?? 0);
  }
  return rest + text.slice(from);
}

function withoutWords(slug: string, finder: NameFinder): string {
  const [found] = finder.all(slug, 'address');
  if (found === undefined) return slug;
  const before = slug.slice(0, found.index).replace(/[^-]*$/, '');
  const after = slug.slice(found.index + found.text.length).replace(/^[^-]*/, '');
  return withoutWords(`${before}${after}`.replace(/-{2,}/g, '-').replace(/^-|-$/g, ''), finder);
}

const ADDRESS = new RegExp(`^(?:${[...ADDRESSES].sort((a, b) => b.length - a.length).join('|')})`, 'u');
const LABEL =
  /^(?:(?:speaker|spk|participant|person|voice|unknown speaker|说话人|发言人|受访者|讲者|p|s)[\s_-]*\w{0,3}|interviewer|interviewee|host|guest|moderator|narrator|question|answer|all|both|发言人不明|主持人|采访者|记者|嘉宾|问|答)$/i;
