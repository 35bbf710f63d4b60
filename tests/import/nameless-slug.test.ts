/** Names of files and ids are made of what is said, and nobody who speaks is named in them. */
import { expect, it } from 'vitest';
import { namelessSlugs } from '../../scripts/import/exchanges/nameless-slug.ts';

it.each([
  [['李娜'], '李娜老师，河流有什么变化？', 'he-liu-you-shen-me-bian-hua'],
  [['李娜'], '李老师，海洋呢？', 'hai-yang-ne'],
  [['Li Na'], 'Li Na, what has changed?', 'what-has-changed'],
  [['Zebulon Quist'], 'What did you find, Mr. Quist?', 'what-did-you-find-mr'],
  [['Zebulon Quist'], 'Zebulon, ZQuist?', 'exchange'],
  [["Aoife O'Brien"], 'O’Brien and the river', 'and-the-river'],
  [['Иван Щербаков'], 'Иван, что изменилось?', 'chto-izmenilos'],
  [['Иван Щербаков'], 'What does Shcherbakov say?', 'what-does-say'],
  [['SPEAKER_00', 'Interviewer', 'Host', 'P1'], 'What does the speaker say to the host?', 'what-does-the-speaker-say-to-the-host'],
  [['Will Young'], 'What will young people do?', 'what-people-do'],
])('%j: %s', (names, question, slug) => {
  expect(namelessSlugs(names)(question, 'exchange')).toBe(slug);
});
