import path from 'node:path';
import { readDeckFile } from '../export/outputs/read-deck.ts';
import { makeContactSheet, type SheetRequest } from '../export/page/contact-sheet.ts';
import { openSession } from '../export/run/session.ts';
import { writeAtomic } from '../shared/disk/files.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { pathFromHere, projectRoot } from '../shared/paths.ts';
import type { Settings } from './settings.ts';

/** The slides in the picture of README.md: deck and slide id. */
const SHOWN = [
  ['scaling', 'deck.cover'],
  ['scaling', 'deck.summary'],
  ['scaling', 'deck.step-3'],
  ['security', 'deck.step-6'],
  ['security.zh', 'deck.step-4'],
  ['alignment', 'deck.map'],
] as const;

/** Draws the picture of README.md from the decks that ship. */
export async function pictures(settings: Settings): Promise<ExitCode> {
  const session = await openSession({
    browser: { explicit: null, env: settings.env },
    assets: [settings.folders.content],
    theme: path.join(settings.folders.templates, 'theme'),
    onBrowser: () => {},
  });
  try {
    const requests: SheetRequest[] = [];
    for (const [name, id] of SHOWN) {
      const deck = await readDeckFile(path.join(settings.folders.slides, `${name}.md`));
      const slide = (deck?.slides.findIndex((each) => each.id === id) ?? -1) + 1;
      if (deck === null || slide === 0)
        throw new ExpectedError(`the deck ${name} has no slide "${id}"`, {
          hint: 'run generate, or change the list in commands/pictures.ts',
        });
      requests.push({ file: deck.file, languageTag: deck.languageTag, slide });
    }
    const file = path.join(projectRoot, '.github', 'pictures', 'slides.png');
    await writeAtomic(file, await makeContactSheet(requests, session));
    settings.report.say(`✓ ${pathFromHere(file)}`);
    return EXIT.done;
  } finally {
    await session.close();
  }
}
