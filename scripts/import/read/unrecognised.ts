/** Errors for files that no reader recognises. */
import { ExpectedError } from '../../shared/errors.ts';
import { TRANSCRIPT_FORMATS } from './formats.ts';

/** Returns the error for a file of an unknown format. */
export function unrecognised(file: string): ExpectedError {
  return new ExpectedError(`${file}: this is no transcript in a format that is known`, {
    hint: `known: ${TRANSCRIPT_FORMATS.join(', ')}; force one with --from FORMAT`,
  });
}

/** Returns the error for a JSON file without the array of its format. */
export function noSegments(file: string, key: string): ExpectedError {
  return new ExpectedError(`${file}: the JSON has no list "${key}"`, {
    hint: 'known are the JSON of Podcasting 2.0 and of WhisperX ("segments") and that of whisper.cpp ("transcription")',
  });
}
