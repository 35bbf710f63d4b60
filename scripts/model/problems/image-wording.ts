/** What findings about images say; problem-text.ts puts them beside the others. */
import type { Wording } from './problem.ts';

export const imageWording: Pick<
  Wording,
  'missing-image' | 'image-without-name' | 'far-image' | 'image-format' | 'broken-image' | 'flawed-image' | 'image-too-large'
> = {
  'missing-image': {
    severity: 'error',
    message: ({ src }) => `there is no image "${src}"`,
    hint: ({ src, suggestion }) =>
      suggestion === null
        ? 'image paths are relative to the file that names them'
        : suggestion.toLowerCase() === src.split('/').at(-1)?.toLowerCase()
          ? `there is "${suggestion}": small and capital letters in names differ`
          : `there is "${suggestion}"`,
  },
  'image-without-name': {
    severity: 'error',
    message: () => 'this image names no file',
    hint: () => 'write its name: ![what it shows](map.png)',
  },
  'far-image': {
    severity: 'error',
    message: ({ src }) => `"${src}" is not a file beside the text; pictures from elsewhere are not fetched`,
    hint: () => 'save it in the content folder and write its name: ![what it shows](map.png)',
  },
  'image-format': {
    severity: 'error',
    message: ({ src, format }) => `the image "${src}" is there, but its format (${format}) is not shown`,
    hint: () => 'save it as png, jpg, webp, gif or svg',
  },
  'broken-image': {
    severity: 'error',
    message: ({ src, flaw }) => `the image "${src}" ${flaw}`,
    hint: () => 'copy or export it again, and open it in a browser',
  },
  'flawed-image': {
    severity: 'warning',
    message: ({ src, flaw }) => `the image "${src}" ${flaw}`,
    hint: () => 'copy or export it again, with its fonts and pictures in it; as png it holds all that it shows',
  },
  'image-too-large': {
    severity: 'error',
    message: ({ src, bytes, limit }) => `the image "${src}" has ${bytes} bytes; at most ${limit} are shown`,
    hint: () => 'make it smaller: a slide is 1960 pixels wide at most',
  },
};
