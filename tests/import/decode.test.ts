/** Bytes of transcripts in the encodings that people's programs write. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../scripts/import/decode.ts';
import { ExpectedError } from '../../scripts/shared/errors.ts';

const french = 'Amélie : Où est le café ? « Là-bas », dit-elle — à 5 €… l’été.\nBen : Déjà ?\n';
const chinese = '安娜：你第一次过河是什么时候？\n老周：春天。那天河水很高，没有人愿意过河。\n';
const codes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const utf16 = (text: string, isBig: boolean) => {
  const bytes = new Uint8Array(Buffer.from(text, 'utf16le'));
  return isBig ? new Uint8Array(Buffer.from(bytes).swap16()) : bytes;
};
/** The quotes, dashes and the euro that ISO 8859-1 does not have. */
const windows1252 = (text: string) =>
  Uint8Array.from(text, (sign) => ({ '€': 0x80, '…': 0x85, '’': 0x92, '—': 0x97 })[sign] ?? sign.charCodeAt(0));
const inChinese = '安娜：你第一次过河是什么时候？\n老周：春天。';
/** The same in GB18030: no program on board writes it. */
const gb18030 = Uint8Array.from(
  Buffer.from('b0b2c4c8a3bac4e3b5dad2bbb4ceb9fdbad3cac7cab2c3b4cab1baf2a3bf0ac0cfd6dca3bab4bacceca1a3', 'hex'),
);

describe('the encoding of a file', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(chinese), chinese, []],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${chinese}`), chinese, []],
    ['UTF-16 with a mark', utf16(`\ufeff${chinese}`, false), chinese, []],
    ['big-endian UTF-16 with a mark', utf16(`\ufeff${french}`, true), french, []],
    ['UTF-16', utf16(french, false), french, ['guessed-encoding']],
    ['big-endian UTF-16', utf16(french, true), french, ['guessed-encoding']],
    ['UTF-16 in Chinese', utf16(`${chinese}Ben: ok\n`, false), `${chinese}Ben: ok\n`, ['guessed-encoding']],
    ['Windows-1252', windows1252(french), french, ['guessed-encoding']],
    ['GB18030', gb18030, inChinese, ['guessed-encoding']],
  ])('%s is found out', (_, bytes, text, found) => {
    const decoded = decodeBytes(bytes, 'talk', null);
    expect(decoded.text).toBe(text);
    expect(decoded.findings.map(({ code }) => code)).toEqual(found);
  });

  it('is UTF-8 where a few characters are broken, and says where', () => {
    const bytes = new TextEncoder().encode(chinese.repeat(3));
    bytes[100] = 0xff;
    const { text, findings } = decodeBytes(bytes, 'talk', null);
    expect(text).toContain('老周：春天。');
    expect(findings).toMatchObject([{ code: 'broken-characters', severity: 'warning', line: 2 }]);
  });

  it('can be given', () => {
    expect(decodeBytes(codes('\u0089\u00a1\u0090\u00ec'), 'talk', 'shift_jis').text).toBe('横川');
    expect(decodeBytes(windows1252('l’été'), 'talk', 'windows-1252').text).toBe('l’été');
    expect(() => decodeBytes(codes('a\nb\u00e9c'), 'talk', 'utf-8')).toThrow('talk:2:2: the bytes here are not utf-8');
  });

  it('is refused where there is none of the name, with the exit code of wrong usage', () => {
    const failing = () => decodeBytes(codes('a'), 'talk', 'klingon');
    expect(failing).toThrow('talk: there is no encoding "klingon"');
    expect(failing).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe('any text', () => {
  it('comes back from UTF-8 and from UTF-16 with a mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, isBig) => {
        fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
        expect(decodeBytes(utf16(`\ufeff${text}`, isBig), 'talk', null).text).toBe(text);
        try {
          expect(decodeBytes(new TextEncoder().encode(text), 'talk', null).text).toBe(text);
        } catch (error) {
          // What begins as a recording does is taken for one.
          if (!(error instanceof ExpectedError)) throw error;
        }
      }),
    );
  });
});
