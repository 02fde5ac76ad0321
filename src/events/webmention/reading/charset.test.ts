import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOfBytes } from './charset.ts';

test('given a charset in the media type, in the page, or by a byte order mark, then the text is read by it', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  assert.equal(textOfBytes(latin1('é'), 'text/html; charset=ISO-8859-1'), 'é');
  assert.equal(
    textOfBytes(latin1('<meta charset="iso-8859-1">é'), 'text/html'),
    '<meta charset="iso-8859-1">é',
  );
  const older = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">é';
  assert.equal(textOfBytes(latin1(older), 'text/html'), older);
  assert.equal(textOfBytes(Buffer.from('\uFEFFé', 'utf16le'), 'text/html; charset=utf-8'), 'é');
  assert.equal(textOfBytes(Buffer.from('é'), 'text/html; charset="no-such"'), 'é');
  assert.equal(textOfBytes(Buffer.from('<meta charset=utf-16>é'), 'text/html'), '<meta charset=utf-16>é');
});
